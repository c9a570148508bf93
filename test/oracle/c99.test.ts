import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../devices/load-device.ts';
import { deviceTable, type DeviceName } from '../../devices/table.ts';
import { ModelReader } from '../../hdl-gen/extract.ts';
import { builtInModelPath } from '../../hdl-gen/package-sources.ts';
import { c99 } from '../../hdl-gen/targets/c99.ts';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { buildC } from '../../hdl-gen/toolchain/gcc.ts';
import { runProgram } from '../../hdl-gen/toolchain/run-program.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';

const reader = new ModelReader();

const devices = Object.entries(deviceTable).flatMap(([name, { sets }]) =>
  sets.map((set): [DeviceName, string] => [name as DeviceName, set]),
);

/** Build the emitted C under the sanitizers and run its test bench. */
async function runBench(
  name: DeviceName,
  set: string,
  change: (source: string) => string = String,
): Promise<string> {
  const device = await loadDevice(name, set);
  const files = c99.emit({ model: reader.read(builtInModelPath(name)), device });
  return inWorkFolder(async (folder) => {
    for (const { path, text } of files) {
      const isModel = path.endsWith('.c') && !path.includes('testbench');
      await writeFile(join(folder, path), isModel ? change(text) : text);
    }
    const sources = files.map(({ path }) => path).filter((path) => path.endsWith('.c'));
    await buildC(sources, 'bench', { folder });
    const { output, exitCode } = await runProgram(join(folder, 'bench'), [], { folder });
    return `${output}exit code ${exitCode}`;
  });
}

describe.skipIf(missingTools(['gcc']).length > 0)(
  'C99, built by gcc with every warning and the sanitizers',
  () => {
    test.each(devices)('%s %s computes what the emulator does', async (name, set) => {
      expect(await runBench(name, set)).toBe('pass\nexit code 0');
    });

    test.each([
      ['data-driven-2016', 'neuropack', '* u * u * dt', '* u * u * dt * 1.000001'],
      ['vteam', 'technion', '/ VTEAM_V_OFF - 1.0', '/ VTEAM_V_OFF - 1.000001'],
      ['linear-ion-drift-biolek', 'biolek-spice', '(1.0 - x)', '(1.000001 - x)'],
    ] as const)('a wrong equation of %s does not pass', async (name, set, from, to) => {
      const change = (source: string): string => {
        expect(source).toContain(from);
        return source.replace(from, to);
      };
      expect(await runBench(name, set, change)).toMatch(/found .*\nfail\nexit code 1$/u);
    });
  },
);
