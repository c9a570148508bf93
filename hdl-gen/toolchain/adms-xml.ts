import type { ProgramRun } from './run-program.ts';
import { runTool } from './run-tool.ts';

/**
 * Have admsXml read a Verilog-A source, and apply templates of its language to it.
 *
 * @returns what admsXml printed
 * @throws ToolError when it is missing or refuses the source
 */
export async function runAdmsXml(
  source: string,
  run: ProgramRun,
  templates: readonly string[] = [],
): Promise<string> {
  const applied = templates.flatMap((template) => ['-e', template]);
  return runTool('admsXml', [...applied, source], run, /^\[(?:error|fatal)\b/u);
}
