import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearIonDrift } from '../../../devices/linear-ion-drift.ts';
import { linearIonDriftBiolek } from '../../../devices/linear-ion-drift-biolek.ts';
import { linearIonDriftJoglekar } from '../../../devices/linear-ion-drift-joglekar.ts';
import { loadDevice } from '../../../devices/load-device.ts';
import { advanceState } from '../../../src/model/state-integrator.ts';
import { integrateFixedStep } from './fixed-step-integration.ts';

/** kappa v / R(x) with the windows as they are printed. */
function printedRate(
  { rOn, rOff, thickness, mobility }: Readonly<Record<string, number>>,
  v: number,
  window: (x: number) => number,
): (x: number) => number {
  const kappa = (mobility! * rOn!) / thickness! ** 2;
  return (x) => ((kappa * v) / (rOn! * x + rOff! * (1 - x))) * window(x);
}

describe('golden values of an integration with another program (DOP853, tolerance 3e-14)', () => {
  test.each([
    ['linear-ion-drift', 'technion-va', 1, 0.3, 1, 0.3844370180076648],
    ['linear-ion-drift', 'technion-va', -1, 0.3, 1, 0.22469918355991814],
    ['linear-ion-drift-joglekar', 'joglekar-spice', -1, 0.56, 0.05, 0.26624625602065727],
    ['linear-ion-drift-joglekar', 'joglekar-va', 1, 0.3, 0.5, 0.9995850809341249],
    ['linear-ion-drift-joglekar', 'joglekar-va', -1, 0.3, 0.5, 0.0860948000542525],
    ['linear-ion-drift-biolek', 'biolek-spice', 1, 0.076, 0.02, 0.49709728936057807],
    ['linear-ion-drift-biolek', 'biolek-spice', -1, 0.6, 0.02, 0.1404551222497086],
    ['linear-ion-drift-prodromakis', 'technion-va', 1, 0.3, 5, 0.48983948298030283],
    ['linear-ion-drift-prodromakis', 'technion-va', -1, 0.3, 5, 0.1809160777119841],
  ])('%s, %s: %f V from x = %f for %f s', async (name, set, v, x, dt, after) => {
    const { model, parameters } = await loadDevice(name, set);
    expect(Math.abs(advanceState(model, v, x, dt, parameters) - after)).toBeLessThan(1e-10);
  });
});

describe('against a fixed-step integration of the printed equations', () => {
  test('without window', async () => {
    const { parameters } = await loadDevice('linear-ion-drift', 'technion-va');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.constantFrom(-1, 0.5, 1), (tenths, v) => {
        const rate = printedRate(parameters, v, () => 1);
        const after = integrateFixedStep(rate, tenths / 10, 0.1, 2000);
        expect(advanceState(linearIonDrift, v, tenths / 10, 0.1, parameters)).toBeCloseTo(after, 11);
      }),
    );
  });

  test.each([
    ['linear-ion-drift-joglekar', 'technion-va', (x: number) => 1 - (2 * x - 1) ** 4],
    ['linear-ion-drift-biolek', 'technion-va', (x: number) => 1 - x ** 4],
    ['linear-ion-drift-prodromakis', 'technion-va', (x: number) => 1 - ((x - 0.5) ** 2 + 0.75) ** 2],
  ])('%s', async (name, set, window) => {
    const { model, parameters } = await loadDevice(name, set);
    const after = integrateFixedStep(printedRate(parameters, 1, window), 0.2, 1);
    expect(advanceState(model, 1, 0.2, 1, parameters)).toBeCloseTo(after, 10);
    expect(after).toBeGreaterThan(0.21);
  });
});

describe('bounds', () => {
  test('without window the state stops at its bound and leaves it at once', async () => {
    const { parameters } = await loadDevice('linear-ion-drift', 'technion-va');
    expect(advanceState(linearIonDrift, 5, 0.5, 1000, parameters)).toBe(1);
    expect(advanceState(linearIonDrift, -5, 0.5, 1000, parameters)).toBe(0);
    expect(advanceState(linearIonDrift, -1, 1, 1e-3, parameters)).toBeLessThan(1);
  });

  test('the hit of the bound is exact in time', async () => {
    const { parameters: p } = await loadDevice('linear-ion-drift', 'technion-va');
    const kappa = (p['mobility']! * p['rOn']!) / p['thickness']! ** 2;
    const from = p['rOn']! * 0.5 + p['rOff']! * 0.5;
    const hit = (from ** 2 - p['rOn']! ** 2) / (2 * (p['rOff']! - p['rOn']!) * kappa);
    expect(advanceState(linearIonDrift, 1, 0.5, hit * 1.0001, p)).toBe(1);
    expect(advanceState(linearIonDrift, 1, 0.5, hit * 0.9999, p)).toBeLessThan(1);
  });

  test('the Joglekar window sticks at a bound, the Biolek window does not', async () => {
    const { parameters: joglekar } = await loadDevice('linear-ion-drift-joglekar', 'joglekar-va');
    const { parameters: biolek } = await loadDevice('linear-ion-drift-biolek', 'biolek-spice');
    expect(advanceState(linearIonDriftJoglekar, -1, 1, 1, joglekar)).toBe(1);
    expect(advanceState(linearIonDriftBiolek, -1, 1, 1e-3, biolek)).toBeLessThan(0.999);
    expect(advanceState(linearIonDriftBiolek, 1, 0, 1e-3, biolek)).toBeGreaterThan(1e-4);
  });

  test('a fractional exponent stays inside', async () => {
    const { model, parameters } = await loadDevice('linear-ion-drift-biolek', 'biolek-spice', { p: 1.43 });
    for (const v of [-5, -0.1, 0.1, 5]) {
      const x = advanceState(model, v, 0.4, 1, parameters);
      expect(x >= 0 && x <= 1).toBe(true);
    }
  });
});
