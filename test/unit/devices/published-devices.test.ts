import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../../devices/load-device.ts';
import { deviceTable } from '../../../devices/table.ts';
import { ConfigError, ModelDomainError } from '../../../src/errors.ts';
import { parameterValues } from '../../../src/model/parameter-set.ts';
import { conductanceRange } from '../../../src/model/state-at-conductance.ts';
import { advanceState, integrateState } from '../../../src/model/state-integrator.ts';

const devices = await Promise.all(
  Object.entries(deviceTable).flatMap(([name, entry]) => entry.sets.map((set) => loadDevice(name, set))),
);

const durations = fc.double({ min: -9, max: 0, noNaN: true }).map((power) => 10 ** power);

test('the table and the parameter files are the same list', () => {
  const files = readdirSync(new URL('../../../devices/parameters/', import.meta.url));
  expect(devices.map(({ model, set }) => `${model.name}.${set.name}.json`).toSorted()).toEqual(
    files.toSorted(),
  );
  const titles = new Map<string, string>(
    Object.entries(deviceTable).map(([name, { title }]) => [name, title]),
  );
  for (const { model } of devices) {
    expect(titles.get(model.name)).toBe(model.title);
  }
});

describe.each(devices)('$model.name, $set.name', ({ model, set, parameters: p }) => {
  const lower = model.lowerBound(p);
  const upper = model.upperBound(p);
  const range = upper - lower;
  const limit = model.promises.validVolts;
  const volts = fc.integer({ min: -1000, max: 1000 }).map((n) => (limit * n) / 1000);
  const states = fc.integer({ min: 0, max: 1024 }).map((n) => lower + (range * n) / 1024);

  test('its file agrees with its model', () => {
    expect(set.source.doi).toMatch(/^10\./u);
    const { min, max } = conductanceRange(model, set.readVolts, p);
    expect(set.conductance.min).toBeGreaterThan(min);
    expect(set.conductance.max).toBeLessThan(max);
    expect(Math.abs(set.readVolts)).toBeLessThanOrEqual(limit);
    expect(Math.max(set.volts?.max ?? 0, -(set.volts?.min ?? 0))).toBeLessThanOrEqual(limit);
  });

  test('a value in the wrong unit is refused', () => {
    for (const [name, { value }] of Object.entries(set.parameters)) {
      for (const factor of value === 0 ? [] : [1e3, 1e-3, 1e9, 1e-9, -1]) {
        expect(() => parameterValues(model.parameters, set, { [name]: value * factor })).toThrow(
          ModelDomainError,
        );
      }
      const relabelled = {
        ...set,
        parameters: { ...set.parameters, [name]: { ...set.parameters[name]!, unit: 'kilo' } },
      };
      expect(() => parameterValues(model.parameters, relabelled)).toThrow(ConfigError);
    }
  });

  test('no voltage: no current, no change', () => {
    fc.assert(
      fc.property(states, durations, (x, dt) => {
        expect(model.current(0, x, p)).toBeCloseTo(0, 300);
        expect(Math.abs(model.rate(0, x, p))).toBe(0);
        expect(advanceState(model, 0, x, dt, p)).toBe(x);
      }),
      { numRuns: 30 },
    );
  });

  test('the current has the sign of the voltage', () => {
    fc.assert(
      fc.property(volts, states, (v, x) => {
        expect(Math.sign(model.current(v, x, p))).toBe(Math.sign(v));
      }),
      { numRuns: 50 },
    );
  });

  test('the conductance moves with the state as stated', () => {
    const below = fc.integer({ min: 0, max: 1023 });
    fc.assert(
      fc.property(
        volts.filter((v) => v !== 0),
        below,
        (v, n) => {
          const [low, high] = [n, n + 1].map((m) => model.current(v, lower + (range * m) / 1024, p) / v);
          expect(high! > low!).toBe(model.state.conductance === 'rises');
        },
      ),
      { numRuns: 50 },
    );
  });

  test('a voltage of the SET polarity never lowers the conductance, the other never raises it', () => {
    fc.assert(
      fc.property(volts, states, durations, (v, x, dt) => {
        const stateSign = model.state.conductance === 'rises' ? 1 : -1;
        const change = advanceState(model, v, x, dt, p) - x;
        expect(change * stateSign * model.setPolarity * Math.sign(v)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  test('the state stays inside its bounds for any pulse from 1 ns to 1 s', () => {
    fc.assert(
      fc.property(volts, fc.double({ min: 0, max: 1, noNaN: true }), durations, (v, u, dt) => {
        const x = advanceState(model, v, Math.min(lower + range * u, upper), dt, p);
        expect(x >= lower && x <= upper).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('two half pulses are one pulse, and the closed form is the integral', () => {
    fc.assert(
      fc.property(volts, states, durations, (v, x, dt) => {
        const whole = advanceState(model, v, x, dt, p);
        const half = advanceState(model, v, advanceState(model, v, x, dt / 2, p), dt / 2, p);
        expect(Math.abs(whole - half)).toBeLessThan(1e-9 * range);
        expect(Math.abs(whole - integrateState(model, v, x, dt, p))).toBeLessThan(1e-9 * range);
      }),
      { numRuns: 40 },
    );
  });

  test.each([1, -1] as const)(
    'a larger voltage of sign %i moves the state at least as far, or it is not promised',
    (sign) => {
      let monotone = true;
      for (let n = 0; n <= 32; n++) {
        const x = lower + (range * n) / 32;
        const moves = Array.from({ length: 20 }, (_, k) =>
          Math.abs(advanceState(model, (sign * limit * k) / 19, x, 1, p) - x),
        );
        monotone &&= moves.every((more, k) => k === 0 || more - moves[k - 1]! > -1e-9 * range);
      }
      expect(monotone).toBe(model.promises.monotoneInVoltage(sign, p));
    },
  );
});
