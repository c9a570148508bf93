import type { Target } from './target.ts';

/** A language that models are written in for other tools. */
export interface TargetEntry {
  readonly title: string;
  load(): Promise<Target>;
}

/** Every language that `ohmloom emit` writes models in, by name; a target is loaded when it is first asked for. */
export const targetTable = {
  'verilog-a': {
    title: 'Verilog-A module, and a test bench for ngspice with a compiled module',
    load: async () => (await import('./targets/verilog-a.ts')).verilogA,
  },
  spice: {
    title: 'ngspice subcircuit and test bench',
    load: async () => (await import('./targets/spice.ts')).spice,
  },
  c: {
    title: 'C99 in float64: header, source and test bench',
    load: async () => (await import('./targets/c99.ts')).c99,
  },
  verilog: {
    title: 'SystemVerilog real-number model and test bench',
    load: async () => (await import('./targets/system-verilog.ts')).systemVerilog,
  },
} satisfies Record<string, TargetEntry>;

/** Names of the targets in the table. */
export type TargetName = keyof typeof targetTable;
