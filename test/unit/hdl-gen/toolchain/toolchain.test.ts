import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAdmsXml } from '../../../../hdl-gen/toolchain/adms-xml.ts';
import { missingTools } from '../../../../hdl-gen/toolchain/find-tool.ts';
import { buildC } from '../../../../hdl-gen/toolchain/gcc.ts';
import { simulateIcarus } from '../../../../hdl-gen/toolchain/icarus.ts';
import { runNgspice } from '../../../../hdl-gen/toolchain/ngspice.ts';
import { runProgram } from '../../../../hdl-gen/toolchain/run-program.ts';
import { requireTool } from '../../../../hdl-gen/toolchain/run-tool.ts';
import { lintVerilator } from '../../../../hdl-gen/toolchain/verilator.ts';
import { inWorkFolder } from '../../../../hdl-gen/toolchain/work-folder.ts';
import { runYosys } from '../../../../hdl-gen/toolchain/yosys.ts';
import { ToolError } from '../../../../src/errors.ts';

describe('a tool', () => {
  const path = process.env['PATH'];

  beforeEach(() => {
    process.env['PATH'] = path;
  });

  afterEach(() => {
    process.env['PATH'] = path;
  });

  test('that is missing is named with its package', async () => {
    process.env['PATH'] = '';
    await inWorkFolder(async (folder) => {
      await expect(requireTool('yosys', folder)).rejects.toMatchObject({ code: 'tool-missing', exitCode: 5 });
    });
  });

  test('that is too old is refused with its version', async () => {
    await inWorkFolder(async (folder) => {
      const fake = join(folder, 'yosys');
      await writeFile(fake, '#!/bin/sh\necho "Yosys 0.9"\n');
      await chmod(fake, 0o755);
      process.env['PATH'] = `${folder}${delimiter}${path}`;
      await expect(requireTool('yosys', folder)).rejects.toMatchObject({
        code: 'tool-version',
        details: { found: 'version 0.9', allowed: '0.23 or later' },
      });
    });
  });

  test('that does not end is ended at its deadline, with what it started', async () => {
    await inWorkFolder(async (folder) => {
      const run = runProgram('/bin/sh', ['-c', 'echo started; sleep 60 & wait'], { folder, deadline: 0.3 });
      await expect(run).rejects.toMatchObject({ code: 'tool-failed', details: { lastLines: 'started' } });
    });
  });

  test('that fails is told with its last lines', async () => {
    await inWorkFolder(async (folder) => {
      expect(await runProgram('/bin/sh', ['-c', 'echo out; echo err >&2; exit 3'], { folder })).toEqual({
        exitCode: 3,
        output: 'out\nerr\n',
      });
    });
  });
});

/** Runs a wrapper on a good file, which it must take, and on a bad one, which it must refuse. */
async function refusalOf(
  files: { readonly name: string; readonly good: string; readonly bad: string },
  check: (folder: string) => Promise<unknown>,
): Promise<unknown> {
  return inWorkFolder(async (folder) => {
    await writeFile(join(folder, files.name), files.good);
    await check(folder);
    await writeFile(join(folder, files.name), files.bad);
    return check(folder).catch((error: unknown) => error);
  });
}

test.skipIf(missingTools(['ngspice']).length > 0)('ngspice: an error before a quit is an error', async () => {
  const netlist = (control: string): string =>
    `test\nv1 1 0 1\nr1 1 0 1k\n.control\nop\n${control}\nquit\n.endc\n.end\n`;
  const refusal = await refusalOf(
    { name: 'a.cir', good: netlist('print v(1)'), bad: netlist('nonsense v(1)') },
    async (folder) => runNgspice('a.cir', { folder }),
  );
  expect(refusal).toBeInstanceOf(ToolError);
});

test.skipIf(missingTools(['admsXml']).length > 0)('admsXml: an undeclared name is an error', async () => {
  const model = (name: string): string =>
    `\`include "disciplines.vams"\nmodule r(a, b);\ninout a, b;\nelectrical a, b;\nparameter real g = 1.0;\nanalog begin\nI(a, b) <+ ${name} * V(a, b);\nend\nendmodule\n`;
  const refusal = await refusalOf({ name: 'r.va', good: model('g'), bad: model('h') }, async (folder) =>
    runAdmsXml('r.va', { folder }),
  );
  expect(refusal).toBeInstanceOf(ToolError);
});

test.skipIf(missingTools(['gcc']).length > 0)('gcc: a warning is an error', async () => {
  const main = (body: string): string => `int main(void) { ${body} return 0; }\n`;
  const refusal = await refusalOf({ name: 'a.c', good: main(''), bad: main('int unused;') }, async (folder) =>
    buildC(['a.c'], 'a', { folder }),
  );
  expect(refusal).toBeInstanceOf(ToolError);
});

const module = (driven: string): string =>
  `module top (input logic a, output logic b);\n    assign ${driven} = a;\nendmodule\n`;

test.skipIf(missingTools(['iverilog', 'vvp']).length > 0)(
  'iverilog: an unknown name is an error',
  async () => {
    const refusal = await refusalOf(
      { name: 'top.sv', good: module('b'), bad: module('b').replace('= a', '= c') },
      async (folder) => simulateIcarus({ sources: ['top.sv'], top: 'top' }, { folder }),
    );
    expect(refusal).toBeInstanceOf(ToolError);
  },
);

test.skipIf(missingTools(['verilator']).length > 0)('Verilator: a warning is an error', async () => {
  const bad = module('b').replace('input logic a', 'input logic [1:0] a');
  const refusal = await refusalOf({ name: 'top.sv', good: module('b'), bad }, async (folder) =>
    lintVerilator({ sources: ['top.sv'], top: 'top' }, { folder }),
  );
  expect(refusal).toBeInstanceOf(ToolError);
});

test.skipIf(missingTools(['yosys']).length > 0)('yosys: a syntax error is an error', async () => {
  const refusal = await refusalOf({ name: 'top.sv', good: module('b'), bad: module('=') }, async (folder) =>
    runYosys(['read_verilog -sv top.sv', 'proc'], { folder }),
  );
  expect(refusal).toBeInstanceOf(ToolError);
});
