import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceTable, type DeviceName } from '../../devices/table.ts';
import { ModelReader } from '../../hdl-gen/extract.ts';
import type { Model } from '../../hdl-gen/ir.ts';
import { packageSources } from '../../hdl-gen/package-sources.ts';
import type { EmittedFile, Target } from '../../hdl-gen/target.ts';
import { type ModelCase, modelNames, publishedCase } from './emitted-models.ts';

/** A text of a model and what replaces it. */
type Change = readonly [from: string, to: string];

/** Wrong equations: changes of the text of a model, by what is wrong. */
const mutants: Readonly<Partial<Record<DeviceName, Readonly<Record<string, Change>>>>> = {
  'data-driven-2016': {
    sign: ['return p.aP *', 'return -p.aP *'],
    exponent: ['Math.exp(v / p.tP)', 'Math.exp((1.1 * v) / p.tP)'],
    factor: ['return v / x', 'return (1.05 * v) / x'],
  },
  vteam: {
    sign: ['return p.kOn *', 'return -p.kOn *'],
    exponent: ['v / p.vOn - 1, p.alphaOn', 'v / p.vOn - 1, 1.1 * p.alphaOn'],
    factor: ['(p.rOff - p.rOn) * (x', '1.05 * (p.rOff - p.rOn) * (x'],
  },
  'linear-ion-drift-biolek': {
    sign: ['return freeRate', 'return -freeRate'],
    exponent: ['biolekWindow(x, p.p, v)', 'biolekWindow(x, 1.1 * p.p, v)'],
    factor: ['return freeRate', 'return 1.05 * freeRate'],
  },
};

export const mutantCases: readonly (readonly [DeviceName, string])[] = modelNames.flatMap((name) =>
  Object.keys(mutants[name] ?? {}).map((kind) => [name, kind] as const),
);

/** The first set of a model, and the model with a wrong equation. */
export async function mutantCase(
  name: DeviceName,
  kind: string,
): Promise<{ readonly right: ModelCase; readonly wrong: ModelCase }> {
  const right = await publishedCase(name, deviceTable[name].sets[0]!);
  return { right, wrong: { ...right, model: changedModel(name, mutants[name]![kind]!) } };
}

/** The module of a wrong model beside the test bench of the right one. */
export function mutantFiles(
  target: Target,
  { right, wrong }: { readonly right: ModelCase; readonly wrong: ModelCase },
): readonly EmittedFile[] {
  const isBench = ({ path }: EmittedFile): boolean => path.includes('_testbench.');
  return [
    ...target.emit(wrong).filter((file) => !isBench(file)),
    ...target.emit(right).filter((file) => isBench(file)),
  ];
}

/** Read a built-in model after a change of its text. */
function changedModel(name: DeviceName, [from, to]: Change): Model {
  const folder = mkdtempSync(join(tmpdir(), 'ohmloom-models-'));
  try {
    mkdirSync(join(folder, 'src'));
    cpSync(join(packageSources, 'src', 'units.ts'), join(folder, 'src', 'units.ts'));
    cpSync(join(packageSources, 'devices'), join(folder, 'devices'), { recursive: true });
    const path = join(folder, 'devices', `${name}.ts`);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) {
      throw new Error(`${name}.ts holds no "${from}"`);
    }
    writeFileSync(path, text.replace(from, to));
    return new ModelReader().read(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
