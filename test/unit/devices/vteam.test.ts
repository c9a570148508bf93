import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../../devices/load-device.ts';
import { vteam } from '../../../devices/vteam.ts';
import { vteamKvatinsky } from '../../../devices/vteam-kvatinsky.ts';
import { advanceState, integrateState } from '../../../src/model/state-integrator.ts';
import { integrateFixedStep } from './fixed-step-integration.ts';

const { parameters: technion } = await loadDevice('vteam', 'technion');
const { parameters: ptHfTi } = await loadDevice('vteam', 'pt-hf-ti');
const { parameters: cas } = await loadDevice('vteam-kvatinsky', 'cas-2019');

describe('VTEAM without window', () => {
  test('speed at points worked out by hand', () => {
    expect(vteam.rate(0.04, 1e-9, technion)).toBeCloseTo(5e-4, 15);
    expect(vteam.rate(-0.6, 1e-9, technion)).toBeCloseTo(-80, 11);
    expect(vteam.rate(1, 1e-9, ptHfTi)).toBeCloseTo(0.091, 15);
    expect(vteam.rate(-1.06, 1e-9, ptHfTi)).toBeCloseTo(-216.2, 10);
  });

  test('the state moves linearly in time and stops at its bounds', () => {
    expect(advanceState(vteam, 0.04, 1e-9, 2e-6, technion)).toBeCloseTo(2e-9, 20);
    expect(advanceState(vteam, 0.04, 1e-9, 1, technion)).toBe(3e-9);
    expect(advanceState(vteam, -0.6, 1e-9, 1, technion)).toBe(0);
  });

  test('up to its thresholds it rests', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.53, max: 0.5, noNaN: true }), (v) => {
        expect(vteam.rate(v, 1e-9, ptHfTi)).toBe(0);
        expect(advanceState(vteam, v, 1e-9, 1, ptHfTi)).toBe(1e-9);
      }),
    );
  });

  test('the resistance is linear in the state', () => {
    expect(vteam.current(0.1, 0, ptHfTi)).toBeCloseTo(0.1 / 100, 15);
    expect(vteam.current(0.1, 3e-9, ptHfTi)).toBeCloseTo(0.1 / 2500, 15);
    expect(0.1 / vteam.current(0.1, 1.5e-9, ptHfTi)).toBeCloseTo(1300, 9);
  });

  test('fractional exponents give numbers at every voltage', async () => {
    const { parameters: p } = await loadDevice('vteam', 'technion', { alphaOff: 0.5, alphaOn: 2.7 });
    for (const v of [-5, -0.2, -0.1, 0, 0.01, 0.02, 0.021, 5]) {
      expect(Number.isFinite(vteam.rate(v, 1e-9, p))).toBe(true);
    }
  });
});

describe('VTEAM with Kvatinsky windows', () => {
  test.each([
    [1, 2.5e-9, 5e-7, 2.8627336759716986e-9],
    [1, 2.9e-9, 2e-7, 2.9854685685417596e-9],
    [-1, 3e-10, 5e-7, 9.823833389207902e-11],
    [-0.5, 1e-10, 1e-6, 6.322598929364779e-11],
  ])('golden value of another program (DOP853): %f V from %f m for %f s', (v, x, dt, after) => {
    expect(integrateState(vteamKvatinsky, v, x, dt, cas) / after - 1).toBeCloseTo(0, 9);
  });

  test('agrees with a fixed-step integration', () => {
    const after = integrateFixedStep((x) => vteamKvatinsky.rate(1.1, x, cas), 2e-9, 4e-7);
    expect(advanceState(vteamKvatinsky, 1.1, 2e-9, 4e-7, cas) / after - 1).toBeCloseTo(0, 9);
  });

  test('far from the bounds it is VTEAM without window', () => {
    expect(vteamKvatinsky.rate(1, 1.5e-9, cas) / vteam.rate(1, 1.5e-9, cas)).toBeCloseTo(1, 5);
    expect(vteamKvatinsky.rate(1, 3e-9, cas) / vteam.rate(1, 3e-9, cas)).toBeCloseTo(Math.exp(-1), 12);
    expect(vteamKvatinsky.rate(-1, 0, cas) / vteam.rate(-1, 0, cas)).toBeCloseTo(Math.exp(-1), 12);
  });

  test('it leaves either bound again', () => {
    const top = advanceState(vteamKvatinsky, 1, 1e-9, 1, cas);
    const bottom = advanceState(vteamKvatinsky, -1, 1e-9, 1, cas);
    expect([top, bottom]).toEqual([3e-9, 0]);
    expect(advanceState(vteamKvatinsky, -1, top, 1e-6, cas)).toBeLessThan(2.9e-9);
    expect(advanceState(vteamKvatinsky, 1, bottom, 1e-6, cas)).toBeGreaterThan(0.1e-9);
  });
});
