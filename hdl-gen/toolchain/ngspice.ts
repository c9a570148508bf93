import type { ProgramRun } from './run-program.ts';
import { runTool } from './run-tool.ts';

/** Lines that ngspice prints when something failed, also where a `quit` in `.control` makes its exit code 0. */
const failure =
  /^\s*(?:error\b|fatal error|.*: no such (?:command|vector|function)|.*(?:simulation\(s\) aborted|run simulation\(s\) interrupted|timestep too small|singular matrix))/iu;

/**
 * Simulate a netlist in batch mode.
 *
 * @returns what ngspice printed
 * @throws ToolError when ngspice is missing, or reports an error, whatever its exit code
 */
export async function runNgspice(netlist: string, run: ProgramRun): Promise<string> {
  return runTool('ngspice', ['-b', netlist], run, failure);
}
