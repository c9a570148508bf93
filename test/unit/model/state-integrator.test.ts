import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelDomainError, SolverError } from '../../../src/errors.ts';
import type { DeviceModel } from '../../../src/model/device-model.ts';
import { advanceState, integrateState } from '../../../src/model/state-integrator.ts';

/** A device whose rate is any function, with the state between 0 and 1. */
function deviceWith(
  rate: (v: number, x: number) => number,
  advance?: (v: number, x: number, dt: number) => number,
): DeviceModel<never> {
  return {
    name: 'test',
    title: 'test',
    source: 'test',
    state: { symbol: 'x', unit: '1', meaning: 'test', conductance: 'rises' },
    setPolarity: 1,
    parameters: {},
    promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, validVolts: 1 },
    rate,
    ...(advance === undefined ? {} : { advance }),
    current: (v, x) => v * (1 + x),
    lowerBound: () => 0,
    upperBound: () => 1,
  };
}

const decay = deviceWith((v, x) => -v * x);
const logistic = deviceWith((v, x) => v * x * (1 - x));
const constant = deviceWith((v) => v);

describe('integrateState', () => {
  test('agrees with closed forms', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 1e-9, max: 30, noNaN: true }),
        (x, t) => {
          expect(integrateState(decay, 1, x, t, {})).toBeCloseTo(x * Math.exp(-t), 10);
          const odds = (x / (1 - x)) * Math.exp(t);
          expect(integrateState(logistic, 1, x, t, {})).toBeCloseTo(odds / (1 + odds), 9);
          expect(integrateState(constant, 1, x, t, {})).toBeCloseTo(Math.min(x + t, 1), 11);
        },
      ),
    );
  });

  test('keeps the relative distance to an unstable bound', () => {
    const x = integrateState(logistic, 1, 1e-12, 20, {});
    const odds = 1e-12 * Math.exp(20);
    expect(Math.abs(x / (odds / (1 + odds)) - 1)).toBeLessThan(1e-8);
  });

  test('a tighter tolerance is nearer to the exact state', () => {
    const exact = 0.5 * Math.exp(-3);
    const error = (relativeTolerance: number): number =>
      Math.abs(integrateState(decay, 1, 0.5, 3, {}, { relativeTolerance }) - exact);
    expect(error(1e-3)).toBeGreaterThan(10 * error(1e-6));
    expect(error(1e-6)).toBeGreaterThan(10 * error(1e-9));
  });

  test('stops exactly at a bound that it hits, from below and from above', () => {
    expect(integrateState(constant, 1, 0.25, 10, {})).toBe(1);
    expect(integrateState(constant, -1, 0.25, 10, {})).toBe(0);
    expect(integrateState(constant, 1e9, 0.25, 1, {})).toBe(1);
    expect(integrateState(constant, 1, 1, 1, {})).toBe(1);
  });

  test('never reaches a bound at which the rate vanishes, and ends in few steps', () => {
    const x = integrateState(logistic, 1e9, 0.5, 1, {}, { maxSteps: 2000 });
    expect(x).toBeLessThan(1);
    expect(1 - x).toBeLessThan(1e-12);
  });

  test('a step that would pass a rest inside the bounds is cut', () => {
    const towardsThird = deviceWith((_, x) => (x < 1 / 3 ? 1e6 * (1 / 3 - x) : 0));
    for (const relativeTolerance of [1e-4, 1e-8, 1e-12]) {
      const x = integrateState(towardsThird, 1, 0, 1, {}, { relativeTolerance });
      expect(Math.abs(x - 1 / 3)).toBeLessThan(1e-11);
    }
    const swinging = deviceWith((_, x) => 1e6 * (1 / 3 - x));
    expect(Math.abs(integrateState(swinging, 1, 0.9, 1e-3, {}) - 1 / 3)).toBeLessThan(1e-11);
  });

  test('no rate or no time leaves the state as it was', () => {
    expect(integrateState(constant, 0, 0.3, 1, {})).toBe(0.3);
    expect(integrateState(constant, 1, 0.3, 0, {})).toBe(0.3);
    expect(integrateState(logistic, 1, 0, 1, {})).toBe(0);
  });

  test('a rate that is not finite is a SolverError', () => {
    const broken = deviceWith((_, x) => Math.log(x - 0.5));
    expect(() => integrateState(broken, 1, 0.4, 1, {})).toThrow(SolverError);
    expect(() => integrateState(broken, 1, 0.4, 1, {})).toThrow(/rate is NaN at 1 V and x = 0.4/u);
    const pole = deviceWith((_, x) => 1 / Math.max(0.7 - x, 0));
    expect(() => integrateState(pole, 1, 0.4, 1, {})).toThrow(SolverError);
  });

  test('the number of steps is bounded, and the error holds the residual', () => {
    const attempt = (): number => integrateState(logistic, 1, 1e-6, 10, {}, { maxSteps: 5 });
    expect(attempt).toThrow(SolverError);
    expect(attempt).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ steps: 5, seconds: 10, residual: expect.any(Number) }),
      }),
    );
  });

  test('states outside the bounds and impossible durations are refused', () => {
    for (const x of [-1e-9, 1.1, Number.NaN]) {
      expect(() => integrateState(constant, 1, x, 1, {})).toThrow(ModelDomainError);
      expect(() => advanceState(constant, 1, x, 1, {})).toThrow(ModelDomainError);
    }
    for (const dt of [-1, Infinity, Number.NaN]) {
      expect(() => integrateState(constant, 1, 0.5, dt, {})).toThrow(ModelDomainError);
    }
  });
});

describe('advanceState', () => {
  const closed = deviceWith(
    (v) => v,
    (v, x, dt) => x + v * dt,
  );

  test('takes the closed form and stops at the bounds', () => {
    expect(advanceState(closed, 1, 0.25, 0.5, {})).toBe(0.75);
    expect(advanceState(closed, 1, 0.25, 5, {})).toBe(1);
    expect(advanceState(closed, -1, 0.25, 5, {})).toBe(0);
  });

  test('integrates a model without one', () => {
    expect(advanceState(decay, 1, 0.5, 1, {})).toBe(integrateState(decay, 1, 0.5, 1, {}));
  });

  test('a closed form that is not finite is a SolverError', () => {
    const broken = deviceWith(
      () => 1,
      () => Number.NaN,
    );
    expect(() => advanceState(broken, 1, 0.5, 1, {})).toThrow(SolverError);
  });
});
