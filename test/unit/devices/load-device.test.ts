import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as published from '../../../devices/index.ts';
import { loadDevice, loadParameterSet } from '../../../devices/load-device.ts';
import { deviceTable } from '../../../devices/table.ts';
import { ConfigError, ModelDomainError, UsageError } from '../../../src/errors.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ohmloom-devices-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(text: string): Promise<string> {
  const path = join(folder, `set-${text.length}.json`);
  await writeFile(path, text);
  return path;
}

describe('loadDevice', () => {
  test('gives the model, the set and its numbers', async () => {
    const { model, set, parameters } = await loadDevice('vteam', 'technion');
    expect(model).toBe(published.vteam);
    expect(set.title).toContain('Technion');
    expect(parameters).toMatchObject({ kOff: 5e-4, kOn: -10, rOn: 50, rOff: 1000 });
  });

  test('overrides replace published values inside the ranges of the set', async () => {
    const { parameters } = await loadDevice('vteam', 'technion', { rOn: 60 });
    expect(parameters['rOn']).toBe(60);
    await expect(loadDevice('vteam', 'technion', { kOn: -10e9 })).rejects.toThrow(ModelDomainError);
    await expect(loadDevice('vteam', 'technion', { ron: 60 })).rejects.toThrow(ConfigError);
  });

  test('bounds that leave the state no room are refused', async () => {
    await expect(loadDevice('data-driven-2016', 'virtual-arc', { rMin: 4999, rMax: 4500 })).rejects.toThrow(
      /bounds 4999 and 4500 ohm, expected the first below the second/u,
    );
  });

  test('unknown names come back with the nearest one', async () => {
    await expect(loadDevice('vtaem', 'technion')).rejects.toThrow(UsageError);
    await expect(loadDevice('vtaem', 'technion')).rejects.toMatchObject({ hint: 'Did you mean "vteam"?' });
    await expect(loadDevice('vteam', 'technoin')).rejects.toMatchObject({ hint: 'Did you mean "technion"?' });
    await expect(loadDevice('vteam', 'neuropack')).rejects.toThrow(
      'parameter set of vteam: found "neuropack", expected one of technion, cas-2019, pt-hf-ti',
    );
    await expect(loadDevice('toString', 'x')).rejects.toThrow(UsageError);
  });
});

describe("a user's own parameter file", () => {
  test('is named by its path', async () => {
    const set = await loadParameterSet('vteam', 'technion');
    const rOn = { ...set.parameters['rOn']!, value: 55 };
    const path = await fileWith(
      JSON.stringify({ ...set, name: 'mine', parameters: { ...set.parameters, rOn } }),
    );
    const { set: mine, parameters } = await loadDevice('vteam', path);
    expect(mine.name).toBe('mine');
    expect(parameters['rOn']).toBe(55);
  });

  test('is refused when it is for another model, incomplete, or has strange or infinite numbers', async () => {
    const set = await loadParameterSet('vteam', 'technion');
    const text = JSON.stringify(set);
    const refused: [string, RegExp][] = [
      [JSON.stringify({ ...set, model: 'data-driven-2016' }), /belongs to model "data-driven-2016"/u],
      [text.replace('"value":0.0005', '"value":1e999'), /parameters\.kOff\.value/u],
      [text.replace('"value":0.0005', '"value":"5e-4"'), /parameters\.kOff\.value/u],
      [JSON.stringify({ ...set, comment: 'x' }), /comment/u],
      [JSON.stringify({ ...set, readVolts: 0 }), /readVolts: a read needs a voltage/u],
      [JSON.stringify({ ...set, conductance: { min: 2, max: 1 } }), /conductance: min must be below max/u],
      [JSON.stringify({ ...set, source: { doi: 'unknown', where: 'x' } }), /source\.doi/u],
      [text.slice(0, -1), /not JSON/u],
      ['[]', /parameter file .*: file: /u],
    ];
    for (const [content, message] of refused) {
      const path = await fileWith(content);
      await expect(loadDevice('vteam', path)).rejects.toThrow(ConfigError);
      await expect(loadDevice('vteam', path)).rejects.toThrow(message);
    }
    await expect(loadDevice('vteam', join(folder, 'none.json'))).rejects.toThrow(/cannot be read/u);
  });
});

test('every model of the table is a named export of the published entry', async () => {
  const models = await Promise.all(Object.values(deviceTable).map((entry) => entry.load()));
  const exported: unknown[] = Object.values(published);
  for (const [index, name] of Object.keys(deviceTable).entries()) {
    expect(models[index]!.name).toBe(name);
    expect(exported).toContain(models[index]);
  }
});
