import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../devices/load-device.ts';
import { deviceTable } from '../../devices/table.ts';
import { deviceLaws } from '../../src/laws/device-laws.ts';
import { seed } from './seed.ts';
import { rowsOf, tryLaw } from './trying.ts';

const devices = await Promise.all(
  Object.entries(deviceTable).flatMap(([name, { sets }]) => sets.map((set) => loadDevice(name, set))),
);

describe.each(devices)(`$model.name $set.name, seed ${seed}`, ({ model, set }) => {
  test.each(rowsOf(deviceLaws(model, [set])))('%s', async (_name, law) => {
    await expect(tryLaw(law)).resolves.toBeUndefined();
  });
});

const windowed = devices.filter(({ model }) => /joglekar|biolek|prodromakis/u.test(model.name));

describe.each(windowed)(`$model.name $set.name as a windowed model, seed ${seed}`, ({ model, set }) => {
  const promising = { ...model, promises: { ...model.promises, windowed: true } };
  const laws = deviceLaws(promising, [set]).filter(({ name }) => name.includes('window'));
  test.each(rowsOf(laws))('%s', async (_name, law) => {
    await expect(tryLaw(law)).resolves.toBeUndefined();
  });
});
