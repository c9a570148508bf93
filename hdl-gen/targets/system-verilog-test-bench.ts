import type { Seconds } from '../../src/units.ts';
import { floatText } from '../identifiers.ts';
import { provenance } from '../provenance.ts';
import type { Emission } from '../target.ts';
import { stateTolerance, type Train } from '../testbench-train.ts';

/** Of the range of the state. A step of the integration may span a place where the rate jumps. */
const tolerances = { closedForm: 1e-6, integrated: 1e-4 } as const;

/** A bench that drives the module with a train and prints `pass`, or what differs and `fail`. */
export function systemVerilogTestBench(emission: Emission, train: Train, name: string): string {
  const tolerance =
    emission.model.roles.advance === undefined ? tolerances.integrated : tolerances.closedForm;
  const { lowerBound, upperBound, readVolts, readWidth, steps } = train;
  const picoseconds = (seconds: Seconds): string => `64'd${Math.round(seconds * 1e12)}`;
  return `
// Test bench: ${provenance(emission)[0]}.
// Prints pass, or what differs from the emulator and fail.
\`timescale 1ps/1fs

module ${name}_testbench;
  real volts;
  reg strobe;
  wire real amperes;
  wire real state;
  integer pulses;
  integer failures;

  ${name} device (.volts(volts), .strobe(strobe), .amperes(amperes), .state(state));

  function automatic real distance(input real a, input real b);
    distance = a < b ? b - a : a - b;
  endfunction

  // One pulse of width ps and a rest as long; then a read, whose current is taken in its middle, and a rest.
  // Delays are whole numbers: Verilator cuts real ones to 32 bits of the time precision.
  task automatic pulse(input real level, input time width, input real expected_state, input real expected_amperes,
      input real allowed);
    pulses = pulses + 1;
    volts = level;
    #(width) volts = 0.0;
    #(width) strobe = ~strobe;
    #0.001;
    if (!(distance(state, expected_state) <= ${floatText(tolerance * (upperBound - lowerBound))})) begin
      $display("pulse %0d: found state %.17g, expected %.17g", pulses, state, expected_state);
      failures = failures + 1;
    end
    volts = ${floatText(readVolts)};
    #(${picoseconds(readWidth / 2)}) strobe = ~strobe;
    #0.001;
    if (!(distance(amperes, expected_amperes) <= allowed)) begin
      $display("pulse %0d: found current %.17g, expected %.17g", pulses, amperes, expected_amperes);
      failures = failures + 1;
    end
    #(${picoseconds(readWidth / 2)}) volts = 0.0;
    #(${picoseconds(readWidth)});
  endtask

  initial begin
    volts = 0.0;
    strobe = 1'b0;
    pulses = 0;
    failures = 0;
    #1000;
${steps
  .map(({ volts, width, state, current, currentTolerance }) => {
    const allowed = (currentTolerance * tolerance) / stateTolerance;
    const numbers = [floatText(volts), picoseconds(width), ...[state, current, allowed].map(floatText)];
    return `    pulse(${numbers.join(', ')});`;
  })
  .join('\n')}
    if (failures == 0) $display("pass");
    else $display("fail");
    $finish;
  end
endmodule
`.trimStart();
}
