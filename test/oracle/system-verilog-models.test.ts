import { describe, expect, test } from 'vitest';
import type { DeviceName } from '../../devices/table.ts';
import { modelIdentifier } from '../../hdl-gen/identifiers.ts';
import type { EmittedFile } from '../../hdl-gen/target.ts';
import { systemVerilog } from '../../hdl-gen/targets/system-verilog.ts';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { simulateIcarus } from '../../hdl-gen/toolchain/icarus.ts';
import { buildVerilator, lintVerilator, runVerilated } from '../../hdl-gen/toolchain/verilator.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import {
  modelNames,
  publishedCase,
  publishedCases,
  randomCase,
  verdict,
  writeFiles,
} from './emitted-models.ts';
import { mutantCase, mutantCases, mutantFiles } from './wrong-models.ts';

function benchOf(name: DeviceName): { readonly sources: readonly string[]; readonly top: string } {
  const module = modelIdentifier(name);
  return { sources: [`${module}.sv`, `${module}_testbench.sv`], top: `${module}_testbench` };
}

/** The bench holds 40 states to 1e-6 of their range, and 40 currents to what that makes of them. */
async function simulate(name: DeviceName, files: readonly EmittedFile[]): Promise<'pass' | 'fail'> {
  return inWorkFolder(async (folder) => {
    await writeFiles(folder, files);
    return verdict(simulateIcarus(benchOf(name), { folder }));
  });
}

describe.skipIf(missingTools(['iverilog', 'vvp']).length > 0)(
  'real-number models in Icarus Verilog agree with the emulator',
  () => {
    test.each(publishedCases)('%s, %s', async (name, set) => {
      expect(await simulate(name, systemVerilog.emit(await publishedCase(name, set)))).toBe('pass');
    });

    test.each(modelNames)('%s with random parameters', async (name) => {
      expect(await simulate(name, systemVerilog.emit(await randomCase(name, 2)))).toBe('pass');
    });

    test.each(mutantCases)('%s with a wrong %s is found out', async (name, kind) => {
      expect(await simulate(name, mutantFiles(systemVerilog, await mutantCase(name, kind)))).toBe('fail');
    });
  },
);

describe.skipIf(missingTools(['verilator']).length > 0)('real-number models in Verilator', () => {
  test.each(modelNames)('%s raises no warning', async (name) => {
    const files = systemVerilog.emit(await randomCase(name, 3));
    await inWorkFolder(async (folder) => {
      await writeFiles(folder, files);
      const lint = lintVerilator(
        { sources: [`${modelIdentifier(name)}.sv`], top: modelIdentifier(name) },
        { folder },
      );
      await expect(lint).resolves.toBeUndefined();
    });
  });

  // A build takes about ten seconds of a processor, so that the benches of three modules stand side by side.
  test(
    'a closed form and an integrated model agree with the emulator, a wrong equation does not',
    { timeout: 240_000 },
    async () => {
      const models = {
        data_driven_2016: systemVerilog.emit(await randomCase('data-driven-2016', 4)),
        linear_ion_drift_biolek: systemVerilog.emit(await randomCase('linear-ion-drift-biolek', 4)),
        vteam: mutantFiles(systemVerilog, await mutantCase('vteam', 'exponent')),
      };
      const files = Object.values(models)
        .flat()
        .map(({ path, text }) => ({
          path,
          text: text.replaceAll(/"(pass|fail)"/gu, '"%m $1"').replace('$finish;', ''),
        }));
      const benches = Object.keys(models).map((module) => `  ${module}_testbench ${module}();`);
      files.push({ path: 'benches.sv', text: ['module benches;', ...benches, 'endmodule', ''].join('\n') });
      await inWorkFolder(async (folder) => {
        await writeFiles(folder, files);
        const program = await buildVerilator(
          { sources: files.map(({ path }) => path), top: 'benches' },
          { folder },
        );
        const output = await runVerilated(program, { folder });
        const verdicts = output.split('\n').filter((line) => / (?:pass|fail)$/u.test(line));
        expect(verdicts.map((line) => line.replace(/^.*\./u, '')).toSorted()).toEqual([
          'data_driven_2016 pass',
          'linear_ion_drift_biolek pass',
          'vteam fail',
        ]);
      });
    },
  );
});
