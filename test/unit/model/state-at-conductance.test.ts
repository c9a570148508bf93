import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceTable } from '../../../devices/table.ts';
import { loadDevice } from '../../../devices/load-device.ts';
import { ModelDomainError } from '../../../src/errors.ts';
import { conductanceAt, type DeviceModel } from '../../../src/model/device-model.ts';
import { conductanceRange, stateAtConductance } from '../../../src/model/state-at-conductance.ts';

const devices = await Promise.all(
  Object.entries(deviceTable).flatMap(([name, entry]) => entry.sets.map((set) => loadDevice(name, set))),
);

describe.each(devices)('$model.name, $set.name', ({ model, set, parameters: p }) => {
  const { min, max } = conductanceRange(model, set.readVolts, p);

  test('the range is that of the bounds', () => {
    const atBounds = [model.lowerBound(p), model.upperBound(p)].map((x) =>
      conductanceAt(model, set.readVolts, x, p),
    );
    expect([min, max]).toEqual(atBounds.toSorted((a, b) => a - b));
  });

  test('the state has the conductance that was asked for, to the last bits that the state can hold', () => {
    const lower = model.lowerBound(p);
    const upper = model.upperBound(p);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (u) => {
        const asked = Math.min(Math.max(min * (max / min) ** u, min), max);
        const x = stateAtConductance(model, set.readVolts, asked, p);
        expect(x >= lower && x <= upper).toBe(true);
        const ulp = 2 ** -52 * Math.max(x, upper - x);
        const neighbours = [x - ulp, x + ulp].map((y) =>
          conductanceAt(model, set.readVolts, Math.min(Math.max(y, lower), upper), p),
        );
        const found = conductanceAt(model, set.readVolts, x, p);
        const spacing = Math.max(...neighbours) - Math.min(...neighbours) + 4 * Number.EPSILON * asked;
        expect(Math.abs(found - asked)).toBeLessThanOrEqual(spacing);
      }),
      { numRuns: 50 },
    );
  });

  test('both ends of the range are states; beyond them nothing is', () => {
    const bounds = [model.lowerBound(p), model.upperBound(p)];
    expect(bounds).toContain(stateAtConductance(model, set.readVolts, min, p));
    expect(bounds).toContain(stateAtConductance(model, set.readVolts, max, p));
    for (const outside of [min * (1 - 1e-9), max * (1 + 1e-9), 0, min * -1, Number.NaN, Infinity]) {
      expect(() => stateAtConductance(model, set.readVolts, outside, p)).toThrow(ModelDomainError);
    }
  });
});

test('a read at 0 V sees no conductance', async () => {
  const { model, parameters } = await loadDevice('vteam', 'technion');
  expect(() => conductanceRange(model, 0, parameters)).toThrow(ModelDomainError);
});

test('a steep conductance takes few evaluations', async () => {
  const { model, parameters } = await loadDevice('linear-ion-drift', 'technion-va');
  let evaluations = 0;
  const steep: DeviceModel = {
    ...model,
    current: (v, x) => {
      evaluations += 1;
      return v * 1e-9 * Math.exp(20 * x ** 3);
    },
  };
  const x = stateAtConductance(steep, 1, 1e-4, parameters);
  expect(x).toBeCloseTo(Math.cbrt(Math.log(1e5) / 20), 14);
  expect(evaluations).toBeLessThan(130);
});

test('the state of the 2016 form is the resistance itself', async () => {
  const { model, set, parameters } = await loadDevice('data-driven-2016', 'neuropack');
  expect(stateAtConductance(model, set.readVolts, 1e-4, parameters)).toBeCloseTo(10_000, 8);
});
