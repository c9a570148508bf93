import type { ProgramRun } from './run-program.ts';
import { runTool } from './run-tool.ts';

/**
 * Run a script of yosys commands.
 *
 * @returns what yosys printed
 * @throws ToolError when yosys is missing or refuses a command
 */
export async function runYosys(commands: readonly string[], run: ProgramRun): Promise<string> {
  return runTool('yosys', ['-q', '-p', commands.join('; ')], run, /^ERROR/u);
}
