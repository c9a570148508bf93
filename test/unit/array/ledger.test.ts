import { describe, expect, test } from 'vitest';
import { biasSchemes } from '../../../src/array/bias.ts';
import { Crossbar } from '../../../src/array/crossbar.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { Ledger, ledgerDifference, ledgerSum } from '../../../src/array/ledger.ts';
import { noVariability } from '../../../src/model/variability.ts';
import { relaxing, relaxingParameters, resistor, resistorParameters } from './fixture-models.ts';

const noSpread = { distribution: 'normal', relative: 0 } as const;

function createResistors(wordLines: number, bitLines: number): Crossbar {
  return new Crossbar({
    geometry: createGeometry(wordLines, bitLines),
    model: resistor,
    parameters: resistorParameters,
    variability: noVariability,
    seed: 1,
    readVolts: 0.2,
    initial: { mean: 1e-4, spread: noSpread },
  });
}

describe('the ledger of an array of resistors', () => {
  test('holds E = V^2 t / R and Q = V t / R of a pulse and its half-selected cells', () => {
    const crossbar = createResistors(5, 7);
    crossbar.pulse({ word: 2, bit: 3 }, -1.2, 1e-6, biasSchemes.half);
    const { pulse } = crossbar.ledger.snapshot();
    const selected = 1.2 ** 2 * 1e-6 * 1e-4;
    const victims = (4 + 6) * 0.6 ** 2 * 1e-6 * 1e-4;
    expect(pulse.count).toBe(1);
    expect(pulse.seconds).toBe(1e-6);
    expect(pulse.joules / (selected + victims)).toBeCloseTo(1, 12);
    expect(pulse.halfSelectJoules / victims).toBeCloseTo(1, 12);
    expect(pulse.coulombs / ((1.2 + 10 * 0.6) * 1e-6 * 1e-4)).toBeCloseTo(1, 12);
  });

  test('counts the row of a grounded read as half-selected although it sees the whole voltage', () => {
    const crossbar = createResistors(5, 7);
    crossbar.read({ word: 2, bit: 3 }, 0.2, 1e-6, biasSchemes.grounded);
    const { read } = crossbar.ledger.snapshot();
    expect(read.joules / (7 * 0.04 * 1e-10)).toBeCloseTo(1, 12);
    expect(read.halfSelectJoules / (6 * 0.04 * 1e-10)).toBeCloseTo(1, 12);
  });

  test('splits a parallel write into written cells and victims; a sense addresses all', () => {
    const crossbar = createResistors(2, 3);
    const frame = { wordVolts: Float64Array.of(1, 0.5), bitVolts: new Float64Array(3) };
    crossbar.frame(frame, 1e-6);
    crossbar.sense(frame, 2e-6);
    crossbar.wait(1);
    const totals = crossbar.ledger.snapshot();
    expect(totals.frame.joules / (3 * (1 + 0.25) * 1e-10)).toBeCloseTo(1, 12);
    expect(totals.frame.halfSelectJoules / (3 * 0.25 * 1e-10)).toBeCloseTo(1, 12);
    expect(totals.sense.joules / totals.frame.joules).toBeCloseTo(2, 12);
    expect(totals.sense.halfSelectJoules).toBe(0);
    expect(totals.wait).toEqual({ count: 1, seconds: 1, joules: 0, coulombs: 0, halfSelectJoules: 0 });
  });
});

test('the energy of a selected cell is the trapezoid of V I before and after', () => {
  const crossbar = new Crossbar({
    geometry: createGeometry(1, 1),
    model: relaxing,
    parameters: relaxingParameters,
    variability: noVariability,
    seed: 1,
    readVolts: 0.2,
    initial: { mean: 1e-4, spread: noSpread },
  });
  const before = crossbar.conductanceOf({ word: 0, bit: 0 });
  crossbar.pulse({ word: 0, bit: 0 }, 1.5, 5e-6, biasSchemes.half);
  const after = crossbar.conductanceOf({ word: 0, bit: 0 });
  const joules = 1.5 ** 2 * ((before + after) / 2) * 5e-6;
  expect(after / before).toBeGreaterThan(1.5);
  expect(crossbar.ledger.snapshot().pulse.joules / joules).toBeCloseTo(1, 12);
});

test('snapshots are copies; their difference is what lies between, their sum is over the kinds', () => {
  const ledger = new Ledger();
  expect(ledger.last()).toEqual(ledgerSum(ledger.snapshot()));
  ledger.book('pulse', 1, 2, 3, 4);
  const before = ledger.snapshot();
  ledger.book('pulse', 10, 20, 30, 40);
  ledger.book('read', 100, 200, 300, 400);
  expect(before.pulse.count).toBe(1);
  expect(ledger.last()).toEqual({
    count: 1,
    seconds: 100,
    joules: 200,
    coulombs: 300,
    halfSelectJoules: 400,
  });
  const between = ledgerDifference(ledger.snapshot(), before);
  expect(between.pulse).toEqual({ count: 1, seconds: 10, joules: 20, coulombs: 30, halfSelectJoules: 40 });
  expect(ledgerSum(between)).toEqual({
    count: 2,
    seconds: 110,
    joules: 220,
    coulombs: 330,
    halfSelectJoules: 440,
  });
});
