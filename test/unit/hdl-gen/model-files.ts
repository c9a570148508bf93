import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceTable, type DeviceName } from '../../../devices/table.ts';
import { ModelReader } from '../../../hdl-gen/extract.ts';
import type { Model } from '../../../hdl-gen/ir.ts';
import { builtInModelPath, packageSources } from '../../../hdl-gen/package-sources.ts';

export const deviceNames = Object.keys(deviceTable) as DeviceName[];

const reader = new ModelReader();

export function readBuiltIn(name: DeviceName): Model {
  return reader.read(builtInModelPath(name));
}

/** Read a built-in model after changes of its text. */
export function readChanged(name: DeviceName, ...changes: readonly (readonly [string, string])[]): Model {
  let text = readFileSync(builtInModelPath(name), 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) {
      throw new Error(`${name}.ts holds no "${from}"`);
    }
    text = text.replace(from, to);
  }
  return readText(`${name}.ts`, text);
}

/** Read a model file that stands in a folder beside `src`, alone. */
export function readText(file: string, text: string): Model {
  return inModelFolder((folder) => {
    const path = join(folder, 'devices', file);
    writeFileSync(path, text);
    return new ModelReader().read(path);
  });
}

function inModelFolder<Result>(task: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'ohmloom-models-'));
  try {
    mkdirSync(join(folder, 'devices'));
    cpSync(join(packageSources, 'src', 'units.ts'), join(folder, 'src', 'units.ts'));
    return task(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a task throws, as text; its file without the folder. */
export function messageOf(task: () => unknown): string {
  try {
    task();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.replace(/^\S*\//u, '')}`;
  }
  return 'nothing was thrown';
}
