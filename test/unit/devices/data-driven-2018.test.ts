import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataDriven2018, logRelaxation } from '../../../devices/data-driven-2018.ts';
import { dataDriven2018Reversed } from '../../../devices/data-driven-2018-reversed.ts';
import { decayed } from '../../../devices/decayed.ts';
import { loadDevice } from '../../../devices/load-device.ts';
import { ModelDomainError } from '../../../src/errors.ts';
import { advanceState } from '../../../src/model/state-integrator.ts';
import { integrateFixedStep } from './fixed-step-integration.ts';

const { parameters: dut1 } = await loadDevice('data-driven-2018', 'tiox-dut1');
const { parameters: dut2 } = await loadDevice('data-driven-2018', 'tiox-dut2');
const { parameters: taox } = await loadDevice('data-driven-2018-reversed', 'taox');
const { parameters: taoxTio2 } = await loadDevice('data-driven-2018-reversed', 'taox-tio2');

describe('golden values of an integration with another program (DOP853, tolerance 3e-14)', () => {
  test.each([
    ['tiox-dut1', dut1, 1.9, 5000, 1e-2, 5299.104371237708],
    ['tiox-dut1', dut1, -1.4, 5600, 1e-2, 5042.803438830896],
    ['tiox-dut2', dut2, 0.7, 12_000, 1e-3, 12_595.061310990686],
    ['tiox-dut2', dut2, -0.7, 15_000, 1e-3, 14_804.534116207604],
    ['taox', taox, 0.8, 700, 1e-8, 689.134443074147],
    ['taox', taox, 0.8, 900, 1e-9, 871.878870304452],
    ['taox', taox, -1.5, 300, 1e-8, 326.0517337295394],
    ['taox-tio2', taoxTio2, 5.5, 3.5e6, 1e-2, 3_191_975.94125524],
    ['taox-tio2', taoxTio2, -4, 2e6, 1e-3, 2_162_362.247162829],
  ])('%s: %o at %f V on %f ohm for %f s', (_, p, v, ohms, dt, after) => {
    expect(advanceState(dataDriven2018, v, ohms, dt, p) / after - 1).toBeCloseTo(0, 12);
  });
});

test('the closed form is the integral of the rate', () => {
  const cases = [
    [dut1, 1.8, 4800, 5e-3],
    [dut1, -1.3, 5800, 5e-3],
    [dut2, 0.8, 11_000, 1e-3],
    [dut2, -0.8, 16_000, 2e-3],
    [taox, 0.9, 600, 1e-8],
    [taox, -1.6, 400, 2e-8],
    [taoxTio2, 6, 3e6, 1e-3],
    [taoxTio2, -3, 3e6, 1e-2],
  ] as const;
  for (const [p, v, ohms, dt] of cases) {
    const after = integrateFixedStep((x) => dataDriven2018.rate(v, x, p), ohms, dt);
    expect(advanceState(dataDriven2018, v, ohms, dt, p) / after - 1).toBeCloseTo(0, 10);
    expect(Math.abs(after / ohms - 1)).toBeGreaterThan(1e-3);
  }
});

describe('the logarithm of the closed form', () => {
  test('is the printed one where that can be evaluated', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 30, noNaN: true }),
        fc.double({ min: 1e-2, max: 30, noNaN: true }),
        (e, y) => {
          const q = Math.exp(-y);
          expect(logRelaxation(e, y)).toBeCloseTo(Math.log(q + (1 - q) * Math.exp(e)), 12);
        },
      ),
    );
  });

  test('lies between 0 and e for any size of e and y', () => {
    const sizes = fc.double({ min: -300, max: 300, noNaN: true }).map((x) => 10 ** x);
    fc.assert(
      fc.property(sizes, sizes, (e, y) => {
        const moved = logRelaxation(e, y);
        expect(moved >= -1e-15 && moved <= e * (1 + 1e-15) + 1e-15).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(logRelaxation(1e5, 1e-30)).toBeCloseTo(1e5 - 30 * Math.LN10, 8);
    expect(logRelaxation(700, Infinity)).toBe(700);
  });

  test('1 - exp(-y) keeps its digits', () => {
    expect(decayed(1e-20)).toBe(1e-20);
    for (const y of [1e-3, 0.5, 0.999, 1.001, 40, 800]) {
      expect(decayed(y) / -Math.expm1(-y)).toBeCloseTo(1, 14);
    }
  });
});

describe('polarity', () => {
  test('eta = 1: V > 0 pushes R up to r_p(v), V < 0 down to r_n(v)', () => {
    expect(advanceState(dataDriven2018, 1.9, 4500, 1e6, dut1)).toBeCloseTo(3085 + 1862 * 1.9, 6);
    expect(advanceState(dataDriven2018, -1.4, 6500, 1e6, dut1)).toBeCloseTo(5193 - 378 * 1.4, 6);
    expect(advanceState(dataDriven2018, -0.7, 17_000, 1e6, dut2)).toBeCloseTo(29_300 - 23_690 * 0.7, 6);
    expect(advanceState(dataDriven2018, 1.9, 6900, 1, dut1)).toBe(6900);
  });

  test('eta = -1: V > 0 pushes R down to r_p(v), V < 0 up to r_n(v)', () => {
    expect(advanceState(dataDriven2018Reversed, 0.8, 1000, 1, taox)).toBeCloseTo(
      2794 - 4553 * 0.8 + 1973 * 0.64,
      6,
    );
    expect(advanceState(dataDriven2018Reversed, -1.5, 200, 1, taox)).toBeCloseTo(
      857 - 1135 * 1.5 + 675 * 2.25,
      6,
    );
    expect(advanceState(dataDriven2018Reversed, 5, 4.5e6, 1e6, taoxTio2)).toBeCloseTo(
      12.3e6 - 2.39e6 * 5 + 1.21e5 * 25,
      0,
    );
    expect(advanceState(dataDriven2018Reversed, 0.8, 300, 1, taox)).toBe(300);
  });

  test('the range that each device was measured over lies between its saturation resistances', () => {
    const reach = (p: typeof taox, v: number, from: number): number =>
      advanceState(dataDriven2018Reversed, v, from, 1e3, p);
    expect(reach(taox, 0.65, 2000)).toBeLessThan(1000);
    expect(reach(taox, 1, 2000)).toBeLessThan(250);
    expect(reach(taox, -1.75, 100)).toBeGreaterThan(900);
  });

  test('the parameters of one polarity are refused by the model of the other', async () => {
    await expect(loadDevice('data-driven-2018', 'tiox-dut1', { eta: -1 })).rejects.toThrow(ModelDomainError);
    await expect(loadDevice('data-driven-2018-reversed', 'taox', { aP: 6.82e6 })).rejects.toThrow(
      ModelDomainError,
    );
  });
});

describe('current', () => {
  test('is a sinh(b v) / R of the polarity', () => {
    expect(dataDriven2018.current(0.5, 5000, dut1)).toBeCloseTo((0.24 * Math.sinh(1.405)) / 5000, 16);
    expect(dataDriven2018.current(0.1, 500, taox)).toBeCloseTo((0.36 * Math.sinh(0.183)) / 500, 16);
    expect(dataDriven2018.current(-0.1, 500, taox)).toBeCloseTo((-0.34 * Math.sinh(0.35)) / 500, 16);
  });

  test('is ohmic where none was published', () => {
    for (const v of [-2, -0.5, 0.1, 0.5, 2]) {
      expect(Math.abs((dataDriven2018.current(v, 2e6, taoxTio2) * 2e6) / v - 1)).toBeLessThan(1e-4);
    }
  });
});

test('the promise of monotony looks at r(v) over the stated voltages', () => {
  expect([
    dataDriven2018.promises.monotoneInVoltage(1, dut1),
    dataDriven2018.promises.monotoneInVoltage(-1, dut1),
  ]).toEqual([true, true]);
  const reversed = (sign: 1 | -1, p: typeof taox): boolean =>
    dataDriven2018Reversed.promises.monotoneInVoltage(sign, p);
  expect([reversed(1, taox), reversed(-1, taox)]).toEqual([false, false]);
  expect([reversed(1, taoxTio2), reversed(-1, taoxTio2)]).toEqual([true, false]);
  // r_p(v) of TaOx turns back above 1.15 V.
  expect(advanceState(dataDriven2018Reversed, 1.15, 700, 1, taox)).toBeLessThan(
    advanceState(dataDriven2018Reversed, 1.5, 700, 1, taox),
  );
});
