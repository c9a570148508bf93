import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadDevice } from '../../devices/load-device.ts';
import { deviceTable, type DeviceName } from '../../devices/table.ts';
import { ModelReader } from '../../hdl-gen/extract.ts';
import { builtInModelPath } from '../../hdl-gen/package-sources.ts';
import type { EmittedDevice, EmittedFile } from '../../hdl-gen/target.ts';
import type { Model } from '../../hdl-gen/ir.ts';
import { ToolError } from '../../src/errors.ts';
import { RandomStream } from '../../src/random.ts';

/** A model and numbers for it. */
export interface ModelCase {
  readonly model: Model;
  readonly device: EmittedDevice;
}

const reader = new ModelReader();
export const modelNames = Object.keys(deviceTable) as DeviceName[];

/** Every model with every published set. */
export const publishedCases: readonly (readonly [DeviceName, string])[] = modelNames.flatMap((name) =>
  deviceTable[name].sets.map((set) => [name, set] as const),
);

export async function publishedCase(name: DeviceName, setName: string): Promise<ModelCase> {
  const { set, parameters } = await loadDevice(name, setName);
  return { model: reader.read(builtInModelPath(name)), device: { set, parameters } };
}

/** The first set of a model, with every parameter off by up to 5 %. */
export async function randomCase(name: DeviceName, seed: number): Promise<ModelCase> {
  const setName = deviceTable[name].sets[0]!;
  const { set, parameters } = await loadDevice(name, setName);
  const random = new RandomStream(seed, 'oracle-parameters');
  const overrides = Object.fromEntries(
    Object.entries(parameters).map(([parameter, value], index) => {
      const { min, max } = set.parameters[parameter]!;
      const off = value * (0.95 + 0.1 * random.uniform(index, 0));
      return [parameter, Number.isInteger(value) ? value : Math.min(Math.max(off, min), max)];
    }),
  );
  const device = await loadDevice(name, setName, overrides);
  return { model: reader.read(builtInModelPath(name)), device: { set, parameters: device.parameters } };
}

export async function writeFiles(folder: string, files: readonly EmittedFile[]): Promise<void> {
  await Promise.all(files.map(({ path, text }) => writeFile(join(folder, path), text)));
}

/** What a test bench found, also where the tool takes a failed one for an error of its own. */
export async function verdict(run: Promise<string>): Promise<'pass' | 'fail'> {
  const output = await run.catch((error: unknown) => {
    if (error instanceof ToolError) {
      return error.message;
    }
    throw error;
  });
  const found = /^(?:(pass)|fail|FATAL: .*not finite)$/mu.exec(output);
  if (found === null) {
    throw new Error(`no verdict in:\n${output}`);
  }
  return found[1] === 'pass' ? 'pass' : 'fail';
}
