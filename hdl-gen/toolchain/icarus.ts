import type { ProgramRun } from './run-program.ts';
import { runTool } from './run-tool.ts';

/** What iverilog is given. */
export interface IcarusInput {
  /** Sources, or `-f` and a list of them, relative to the folder. */
  readonly sources: readonly string[];
  readonly top: string;
}

/**
 * Compile a test bench with Icarus Verilog and simulate it to its `$finish`.
 *
 * @returns what the test bench printed
 * @throws ToolError when a tool is missing, the sources are refused, or the simulation reports an error
 */
export async function simulateIcarus({ sources, top }: IcarusInput, run: ProgramRun): Promise<string> {
  const program = `${top}.vvp`;
  await runTool('iverilog', ['-g2012', '-Wall', '-s', top, '-o', program, ...sources], run, /error:/iu);
  // -n: `$stop` and a deadlock end the simulation instead of a prompt.
  return runTool('vvp', ['-n', program], run, /^(?:ERROR|FATAL|.*Unable to open)/u);
}
