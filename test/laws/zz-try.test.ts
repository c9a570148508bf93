import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../devices/load-device.ts';
import { deviceTable } from '../../devices/table.ts';
import { deviceLaws } from '../../src/laws/device-laws.ts';
const devices = await Promise.all(
  Object.entries(deviceTable).flatMap(([name, entry]) => entry.sets.map((set) => loadDevice(name, set))),
);
describe.each(devices)('$model.name $set.name', ({ model, set }) => {
  const windowed = /joglekar|biolek|prodromakis/.test(model.name);
  for (const law of deviceLaws({ ...model, promises: { ...model.promises, windowed } }, [set])) {
    test(law.name, () => law.check({ seed: Number(process.env['SEED'] ?? 7), numRuns: Number(process.env['RUNS'] ?? 100) }));
  }
});
