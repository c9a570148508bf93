import type { ProgramRun } from './run-program.ts';
import { runTool } from './run-tool.ts';

/**
 * Build a C99 program from sources, with every warning an error and the sanitizers in. A sanitizer that finds
 * something ends the program with an exit code that is not 0.
 *
 * @returns what gcc printed
 * @throws ToolError when gcc is missing or refuses the sources
 */
export async function buildC(sources: readonly string[], program: string, run: ProgramRun): Promise<string> {
  return runTool('gcc', [...flags, '-o', program, ...sources, '-lm'], run);
}

const flags = [
  '-std=c99',
  '-O1',
  '-g',
  '-Wall',
  '-Wextra',
  '-Werror',
  // A fused multiply-add rounds once where the model rounds twice.
  '-ffp-contract=off',
  '-fsanitize=address,undefined',
  // Without it, undefined behaviour is printed and the exit code is 0.
  '-fno-sanitize-recover=all',
];
