import type { EmittedFile } from '../target.ts';
import type { NeuronCircuit } from './neuron-circuit.ts';

/** The arithmetic of fixed-point.ts, a module an operation; every width is explicit, as linters ask. */
const modules = {
  fixed_saturate: `// y = a held at the ends of TO bits.
module fixed_saturate #(
    parameter FROM = 17,
    parameter TO = 16
) (
    input wire signed [FROM-1:0] a,
    output wire signed [TO-1:0] y
);
  wire fits = (&a[FROM-1:TO-1]) | ~(|a[FROM-1:TO-1]);
  assign y = fits ? a[TO-1:0] : {a[FROM-1], {(TO - 1) {~a[FROM-1]}}};
endmodule
`,
  fixed_shift_right: `// y = a / 2^SHIFT to the nearest, halves up; SHIFT from 1 to BITS.
module fixed_shift_right #(
    parameter BITS = 16,
    parameter SHIFT = 1
) (
    input wire signed [BITS-1:0] a,
    output wire signed [BITS-1:0] y
);
  localparam [BITS:0] HALF = {{BITS{1'b0}}, 1'b1} << (SHIFT - 1);
  wire signed [BITS:0] sum = $signed({a[BITS-1], a} + HALF);
  wire signed [BITS:0] shifted = sum >>> SHIFT;
  fixed_saturate #(.FROM(BITS + 1), .TO(BITS)) held (.a(shifted), .y(y));
endmodule
`,
  fixed_shift_left: `// y = a 2^SHIFT; SHIFT from 1 to BITS.
module fixed_shift_left #(
    parameter BITS = 16,
    parameter SHIFT = 1
) (
    input wire signed [BITS-1:0] a,
    output wire signed [BITS-1:0] y
);
  wire signed [BITS+SHIFT-1:0] shifted = {a, {SHIFT{1'b0}}};
  fixed_saturate #(.FROM(BITS + SHIFT), .TO(BITS)) held (.a(shifted), .y(y));
endmodule
`,
  fixed_add: `// y = a + b
module fixed_add #(
    parameter BITS = 16
) (
    input wire signed [BITS-1:0] a,
    input wire signed [BITS-1:0] b,
    output wire signed [BITS-1:0] y
);
  wire signed [BITS:0] sum = $signed({a[BITS-1], a} + {b[BITS-1], b});
  fixed_saturate #(.FROM(BITS + 1), .TO(BITS)) held (.a(sum), .y(y));
endmodule
`,
  fixed_subtract: `// y = a - b
module fixed_subtract #(
    parameter BITS = 16
) (
    input wire signed [BITS-1:0] a,
    input wire signed [BITS-1:0] b,
    output wire signed [BITS-1:0] y
);
  wire signed [BITS:0] difference = $signed({a[BITS-1], a} - {b[BITS-1], b});
  fixed_saturate #(.FROM(BITS + 1), .TO(BITS)) held (.a(difference), .y(y));
endmodule
`,
  fixed_multiply: `// y = a b / 2^SHIFT to the nearest, halves up; SHIFT from 0 to 2 BITS.
module fixed_multiply #(
    parameter BITS = 16,
    parameter SHIFT = 15
) (
    input wire signed [BITS-1:0] a,
    input wire signed [BITS-1:0] b,
    output wire signed [BITS-1:0] y
);
  localparam [2*BITS:0] ONE = {{(2 * BITS) {1'b0}}, 1'b1};
  localparam [2*BITS:0] HALF = (ONE << SHIFT) >> 1;
  wire signed [2*BITS-1:0] wide_a = {{BITS{a[BITS-1]}}, a};
  wire signed [2*BITS-1:0] wide_b = {{BITS{b[BITS-1]}}, b};
  wire signed [2*BITS-1:0] product = wide_a * wide_b;
  wire signed [2*BITS:0] sum = $signed({product[2*BITS-1], product} + HALF);
  wire signed [2*BITS:0] shifted = sum >>> SHIFT;
  fixed_saturate #(.FROM(2 * BITS + 1), .TO(BITS)) held (.a(shifted), .y(y));
endmodule
`,
} as const;

type ModuleName = keyof typeof modules;

/** The modules of the operations that a circuit uses, each in a file of its name. */
export function arithmeticFiles({ operations }: NeuronCircuit): EmittedFile[] {
  const used = new Set<ModuleName>(['fixed_saturate']);
  for (const operation of operations) {
    if (operation.kind === 'shift') {
      used.add(operation.shift > 0 ? 'fixed_shift_right' : 'fixed_shift_left');
    } else if (operation.kind === 'add' || operation.kind === 'subtract' || operation.kind === 'multiply') {
      used.add(`fixed_${operation.kind}`);
    }
  }
  return [...used].map((name) => ({ path: `${name}.v`, text: modules[name] }));
}
