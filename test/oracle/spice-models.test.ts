import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeviceName } from '../../devices/table.ts';
import { modelIdentifier } from '../../hdl-gen/identifiers.ts';
import type { EmittedFile } from '../../hdl-gen/target.ts';
import { spice } from '../../hdl-gen/targets/spice.ts';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { runNgspice } from '../../hdl-gen/toolchain/ngspice.ts';
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

/** The bench holds 40 states to 1e-3 of their range, and 40 currents to what that makes of them. */
async function simulate(name: DeviceName, files: readonly EmittedFile[]): Promise<'pass' | 'fail'> {
  return inWorkFolder(async (folder) => {
    await writeFiles(folder, files);
    return verdict(runNgspice(join(folder, `${modelIdentifier(name)}_testbench.cir`), { folder }));
  });
}

describe.skipIf(missingTools(['ngspice']).length > 0)(
  'subcircuits in ngspice agree with the emulator',
  () => {
    test.each(publishedCases)('%s, %s', async (name, set) => {
      expect(await simulate(name, spice.emit(await publishedCase(name, set)))).toBe('pass');
    });

    test.each(modelNames)('%s with random parameters', async (name) => {
      expect(await simulate(name, spice.emit(await randomCase(name, 1)))).toBe('pass');
    });

    test.each(mutantCases)('%s with a wrong %s is found out', async (name, kind) => {
      expect(await simulate(name, mutantFiles(spice, await mutantCase(name, kind)))).toBe('fail');
    });
  },
);
