import { join } from 'node:path';
import { runProgram, toolFailure, type ProgramRun } from './run-program.ts';
import { runTool } from './run-tool.ts';

/** What Verilator is given. */
export interface VerilatorInput {
  /** Sources, or `-f` and a list of them, relative to the folder. */
  readonly sources: readonly string[];
  readonly top: string;
}

/**
 * Lint sources with every warning on. Verilator's exit code tells of warnings, too.
 *
 * @throws ToolError with the warnings
 */
export async function lintVerilator({ sources, top }: VerilatorInput, run: ProgramRun): Promise<void> {
  await runTool(
    'verilator',
    ['--lint-only', '-Wall', '--top-module', top, ...sources],
    run,
    /^%(?:Warning|Error)/u,
  );
}

/**
 * Translate a self-running test bench to C++ and build it.
 *
 * @param flags - further flags, such as `--trace`
 * @returns path of the program
 * @throws ToolError when Verilator is missing, refuses the sources or cannot be built
 */
export async function buildVerilator(
  { sources, top }: VerilatorInput,
  run: ProgramRun,
  flags: readonly string[] = [],
): Promise<string> {
  await runTool(
    'verilator',
    [
      '--binary',
      '--timing',
      '-O3',
      '-CFLAGS',
      '-O2',
      ...flags,
      '-Wno-fatal',
      '-j',
      '2',
      '--top-module',
      top,
      ...sources,
    ],
    run,
    /^%Error/u,
  );
  return join(run.folder, 'obj_dir', `V${top}`);
}

/**
 * Run a verilated test bench to its `$finish`.
 *
 * @returns what it printed
 * @throws ToolError when it ends with an error
 */
export async function runVerilated(program: string, run: ProgramRun): Promise<string> {
  const { exitCode, output } = await runProgram(program, [], run);
  if (exitCode !== 0 || /^%(?:Warning|Error)/mu.test(output)) {
    throw toolFailure([program], `ended with exit code ${exitCode}`, exitCode, output);
  }
  return output;
}
