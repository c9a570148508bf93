import { join, resolve } from 'node:path';
import { ToolError } from '../src/errors.ts';
import type { TargetName } from './target-table.ts';
import { runAdmsXml } from './toolchain/adms-xml.ts';
import { buildC } from './toolchain/gcc.ts';
import { simulateIcarus } from './toolchain/icarus.ts';
import { runNgspice } from './toolchain/ngspice.ts';
import { runProgram } from './toolchain/run-program.ts';
import { inWorkFolder } from './toolchain/work-folder.ts';

/** Where an emitted model stands. */
interface EmittedModel {
  /** Path of a file: the module's name and an ending. */
  path(ending: string): string;
  readonly name: string;
  /** For what the tools leave. */
  readonly workFolder: string;
}

/** How the files of a target are checked; each names what agreed. */
const checks: Readonly<Record<TargetName, (model: EmittedModel) => Promise<string>>> = {
  'verilog-a': async ({ path, workFolder }) => {
    await runAdmsXml(path('.va'), { folder: workFolder });
    return 'admsXml accepts the module';
  },
  spice: async ({ path, workFolder }) => {
    requirePass('ngspice', await runNgspice(path('_testbench.cir'), { folder: workFolder }));
    return 'the test bench passes in ngspice';
  },
  c: async ({ path, name, workFolder }) => {
    await buildC([path('.c'), path('_testbench.c')], name, { folder: workFolder });
    const { output } = await runProgram(join(workFolder, name), [], { folder: workFolder });
    requirePass(name, output);
    return 'the test bench passes, built by gcc';
  },
  verilog: async ({ path, name, workFolder }) => {
    const sources = [path('.sv'), path('_testbench.sv')];
    requirePass('vvp', await simulateIcarus({ sources, top: `${name}_testbench` }, { folder: workFolder }));
    return 'the test bench passes in Icarus Verilog';
  },
};

/**
 * Run an emitted model through the tool that it was written for.
 *
 * @param folder - where its files are
 * @param name - of the module, with which the files' names begin
 * @returns what was found, for people
 * @throws ToolError when the tool is missing, refuses the files, or the test bench does not pass
 */
export async function checkEmitted(target: TargetName, folder: string, name: string): Promise<string> {
  return inWorkFolder((workFolder) =>
    checks[target]({ path: (ending) => resolve(folder, `${name}${ending}`), name, workFolder }),
  );
}

function requirePass(command: string, output: string): void {
  const lines = output.trimEnd().split('\n');
  if (!lines.includes('pass')) {
    const lastLines = lines.slice(-20).join('\n');
    throw new ToolError('test-bench-failed', `${command}: the test bench did not print pass:\n${lastLines}`, {
      details: { command, lastLines },
    });
  }
}
