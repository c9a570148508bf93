import type { EmittedFile } from '../target.ts';
import { firstHash, firstRandom, hashPrime } from './neuron-bench.ts';
import { type CircuitOperation, isTruth } from './neuron-circuit.ts';
import { type NeuronEmission, neuronProvenance } from './neuron-emission.ts';
import { arithmeticFiles } from './verilog-arithmetic.ts';

/** Synthesizable Verilog of a neuron, one step a clock, and a test bench that prints `pass` or `fail`. */
export function neuronVerilog(emission: NeuronEmission): EmittedFile[] {
  const { name, circuit } = emission;
  return [
    { path: `${name}.v`, text: moduleText(emission) },
    ...arithmeticFiles(circuit),
    { path: `${name}_testbench.v`, text: benchText(emission) },
  ];
}

function moduleText(emission: NeuronEmission): string {
  const { name, circuit } = emission;
  const { bits, states, operations, spike } = circuit;
  const word = `signed [${bits - 1}:0]`;
  return `${heading(emission)}
module ${name} (
    input wire clock,
    // Synchronous; brings the neuron to where it starts.
    input wire reset,
    // The neuron takes a step at each clock for which this is 1.
    input wire enable,
    input wire ${word} drive,
    output reg spike,
${states.map((state) => `    output reg ${word} state_${state.name}`).join(',\n')}
);
${operations.map((operation, position) => `  ${operationText(operation, position, emission)}`).join('\n')}

  always @(posedge clock) begin
    if (reset) begin
      spike <= 1'b0;
${states.map((state) => `      state_${state.name} <= ${literal(state.start, bits)};`).join('\n')}
    end else if (enable) begin
      spike <= t${spike};
${states.map((state) => `      state_${state.name} <= t${state.next};`).join('\n')}
    end
  end
endmodule
`;
}

function operationText(operation: CircuitOperation, position: number, { circuit }: NeuronEmission): string {
  const { bits, states } = circuit;
  const name = `t${position}`;
  const wire = isTruth(operation) ? `wire ${name}` : `wire signed [${bits - 1}:0] ${name}`;
  const instance = (module: string, parameters: string, inputs: string): string =>
    `${wire}; ${module} #(.BITS(${bits})${parameters}) u${position} (${inputs}, .y(${name}));`;
  switch (operation.kind) {
    case 'constant':
      return `${wire} = ${literal(operation.value, bits)};`;
    case 'state':
      return `${wire} = state_${states[operation.index]!.name};`;
    case 'input':
      return `${wire} = drive;`;
    case 'shift': {
      const module = operation.shift > 0 ? 'fixed_shift_right' : 'fixed_shift_left';
      return instance(module, `, .SHIFT(${Math.abs(operation.shift)})`, `.a(t${operation.a})`);
    }
    case 'add':
    case 'subtract':
      return instance(`fixed_${operation.kind}`, '', `.a(t${operation.a}), .b(t${operation.b})`);
    case 'multiply':
      return instance(
        'fixed_multiply',
        `, .SHIFT(${operation.shift})`,
        `.a(t${operation.a}), .b(t${operation.b})`,
      );
    case 'less':
      return `${wire} = t${operation.a} < t${operation.b};`;
    case 'equal':
      return `${wire} = t${operation.a} == t${operation.b};`;
    case 'and':
      return `${wire} = t${operation.a} & t${operation.b};`;
    case 'or':
      return `${wire} = t${operation.a} | t${operation.b};`;
    case 'not':
      return `${wire} = ~t${operation.a};`;
    case 'select':
      return `${wire} = t${operation.condition} ? t${operation.a} : t${operation.b};`;
  }
}

function benchText({ name, circuit, bench }: NeuronEmission): string {
  const { bits, states } = circuit;
  const extended = (signal: string): string => `{{${32 - bits}{${signal}[${bits - 1}]}}, ${signal}}`;
  const words = [...states.map((state) => extended(`state_${state.name}`)), "{31'b0, spike}"];
  return `// Test bench: random inputs for ${bench.steps} steps, compared with the emulator's spikes, states and hash of every step.
module ${name}_testbench;
  reg clock = 1'b0;
  reg reset = 1'b1;
  reg enable = 1'b0;
  reg signed [${bits - 1}:0] drive = ${literal(0, bits)};
  wire spike;
${states.map((state) => `  wire signed [${bits - 1}:0] state_${state.name};`).join('\n')}
  ${name} neuron (
      .clock(clock),
      .reset(reset),
      .enable(enable),
      .drive(drive),
      .spike(spike),
${states.map((state) => `      .state_${state.name}(state_${state.name})`).join(',\n')}
  );

  reg [31:0] random = 32'h${hex(firstRandom)};
  reg [31:0] hash = 32'h${hex(firstHash)};
  reg signed [${bits - 1}:0] raw;
  integer step;
  integer spikes = 0;

  always #5 clock = ~clock;

  initial begin
    @(negedge clock);
    @(negedge clock);
    reset = 1'b0;
    enable = 1'b1;
    for (step = 0; step < ${bench.steps}; step = step + 1) begin
      random = random ^ (random << 13);
      random = random ^ (random >> 17);
      random = random ^ (random << 5);
      raw = random[2] ? $signed({1'b0, random[30-:${bits - 1}]}) : $signed(random[31-:${bits}]);
      drive = raw >>> random[1:0];
      @(negedge clock);
${words.map((value) => `      hash = (hash ^ ${value}) * 32'd${hashPrime};`).join('\n')}
      if (spike) spikes = spikes + 1;
    end
    // Without enable nothing moves.
    enable = 1'b0;
    @(negedge clock);
    if (hash === 32'h${hex(bench.hash)} && spikes == ${bench.spikes}
${states.map((state, index) => `        && state_${state.name} === ${literal(bench.states[index]!, bits)}`).join('\n')}) $display("pass");
    else begin
      $display("%0d spikes, expected ${bench.spikes}; hash %h, expected ${hex(bench.hash)}", spikes, hash);
${states.map((state, index) => `      $display("${state.name}: %0d, expected ${bench.states[index]}", state_${state.name});`).join('\n')}
      $display("fail");
    end
    $finish;
  end
endmodule
`;
}

function heading(emission: NeuronEmission): string {
  return neuronProvenance(emission)
    .map((line) => `// ${line}`)
    .join('\n');
}

/** Two's complement: the most negative number has no decimal literal of its width. */
function literal(value: number, bits: number): string {
  const unsigned = value < 0 ? value + 2 ** bits : value;
  return `${bits}'sh${unsigned.toString(16)}`;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
