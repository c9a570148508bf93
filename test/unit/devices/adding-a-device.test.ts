import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parameterSetSchema } from '../../../devices/parameter-file.ts';
import { conductanceAt, type DeviceModel } from '../../../src/model/device-model.ts';
import { parameterValues } from '../../../src/model/parameter-set.ts';
import { conductanceRange } from '../../../src/model/state-at-conductance.ts';
import { advanceState, integrateState } from '../../../src/model/state-integrator.ts';

let folder: string;
let text: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ohmloom-adding-a-device-'));
  text = await readFile(new URL('../../../docs/adding-a-device.md', import.meta.url), 'utf8');
});
afterAll(() => rm(folder, { recursive: true }));

function block(language: string, holding: string): string {
  const blocks = [...text.matchAll(/```(\w+)\n(.*?)```/gsu)];
  const found = blocks.find(([, name, body]) => name === language && body!.includes(holding));
  return found![2]!;
}

async function workedExample(): Promise<DeviceModel> {
  const { outputText } = ts.transpileModule(block('ts', 'export const thresholdRelaxation'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    },
  });
  const path = join(folder, 'threshold-relaxation.mjs');
  await writeFile(path, outputText);
  const module: { thresholdRelaxation: DeviceModel } = await import(
    /* @vite-ignore */ pathToFileURL(path).href
  );
  return module.thresholdRelaxation;
}

test('the worked example of docs/adding-a-device.md runs and says what it gives', async () => {
  const model = await workedExample();
  const set = parameterSetSchema.parse(JSON.parse(block('json', 'threshold-relaxation')));
  const parameters = parameterValues(model.parameters, set);

  const after = advanceState(model, 1, 0.5, 1e-6, parameters);
  expect(after).toBeCloseTo(1 - 0.5 / Math.E, 12);
  expect(after).toBeCloseTo(0.8161, 4);
  expect(conductanceAt(model, 0.2, after, parameters) * 1e6).toBeCloseTo(81.8, 1);
  for (const v of [-1.5, -0.5, 0.3, 1.5]) {
    expect(advanceState(model, v, 0.5, 1e-6, parameters)).toBeCloseTo(
      integrateState(model, v, 0.5, 1e-6, parameters),
      11,
    );
  }
  const { min, max } = conductanceRange(model, set.readVolts, parameters);
  expect(set.conductance.min).toBeGreaterThan(min);
  expect(set.conductance.max).toBeLessThan(max);
});
