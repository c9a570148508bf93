import { describe, expect, test } from 'vitest';
import { ArrayStress } from '../../../src/array/array-stress.ts';
import { biasSchemes, selectCell } from '../../../src/array/bias.ts';
import { CellBank } from '../../../src/array/cell-bank.ts';
import { CellWriter } from '../../../src/array/cell-writer.ts';
import { CellParameters } from '../../../src/array/device-spread.ts';
import { DrivenArray } from '../../../src/array/driven-array.ts';
import { ModelExposure } from '../../../src/array/exposure.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { resistiveWires } from '../../../src/array/resistive-wires.ts';
import { relaxing, relaxingParameters } from './fixture-models.ts';

const ohms = 10_000;
/** Rate of the relaxing device at 1 V, and where it rests at a voltage. */
const perSecond = 1e5;
const restingOhms = (volts: number) => 10_000 - 4_000 * volts;

function createPulse(wordLines: number, bitLines: number, driverResistance: number) {
  const geometry = createGeometry(wordLines, bitLines);
  const parameters = new CellParameters(relaxing.parameters, relaxingParameters, {}, wordLines * bitLines, 1);
  const cells = new CellBank(geometry, relaxing, parameters, new Uint8Array(wordLines * bitLines));
  for (let index = 0; index < cells.states.length; index++) {
    cells.states.set(index, ohms);
  }
  const stress = new ArrayStress(cells, new CellWriter(cells, 0, 1), new ModelExposure(cells));
  const network = resistiveWires({
    geometry,
    wordSegmentResistance: 1,
    bitSegmentResistance: 1,
    driverResistance,
  });
  return { cells, stress, pulse: new DrivenArray(cells, stress, network) };
}

const drive = { event: 0, scatter: true, selected: 0 };

/** Resistance, energy and charge of one device behind a resistance, by many small steps. */
function followed(volts: number, series: number, seconds: number) {
  const steps = 20_000;
  const dt = seconds / steps;
  let state = ohms;
  let joules = 0;
  const rate = (x: number) => {
    const v = (volts * x) / (x + series);
    return perSecond * v * v * (restingOhms(v) - x);
  };
  for (let k = 0; k < steps; k++) {
    const middle = state + (dt / 2) * rate(state);
    joules += (dt * middle * volts ** 2) / (middle + series) ** 2;
    state += dt * rate(middle);
  }
  return { state, joules };
}

describe('a pulse through wires', () => {
  test.each([
    [1.5, 3000, 2e-6],
    [1.5, 3000, 3e-5],
    [-1.5, 20_000, 1e-5],
    [2, 100, 1e-3],
  ])('of %d V behind %d ohm for %d s follows the device as it moves', (volts, series, seconds) => {
    const { cells, stress, pulse } = createPulse(1, 1, series - 1);
    const frame = { wordVolts: Float64Array.of(volts), bitVolts: Float64Array.of(0) };
    const { cellVolts } = pulse.apply({ ...drive, frame, width: seconds });
    const exact = followed(volts, 2 * series, seconds);
    expect(cells.states.at(0) / exact.state).toBeCloseTo(1, 3);
    expect(stress.joules / exact.joules).toBeCloseTo(1, 2);
    const end = (volts * exact.state) / (exact.state + 2 * series);
    expect(Math.abs(cellVolts[0]! - end)).toBeLessThan(2e-3 * Math.abs(volts));
  });

  test('brings the voltages up to date where they moved by less than was followed', () => {
    const { cells, pulse } = createPulse(4, 4, 0);
    const frame = selectCell(cells.geometry, { word: 1, bit: 1 }, 0.1, biasSchemes.half);
    const { cellVolts } = pulse.apply({ ...drive, frame, width: 3e-4, selected: 5 });
    const before = cellVolts[5]!;
    const after = pulse.solutionAfter().cellVolts[5]!;
    expect(after).not.toBe(before);
    expect(after).toBeCloseTo(before, 5);
    expect(pulse.solutionAfter().cellVolts[5]).toBe(after);
  });

  test('disturbs half-selected cells by the voltages that arrive', () => {
    const { cells, pulse } = createPulse(3, 3, 500);
    const frame = selectCell(cells.geometry, { word: 0, bit: 0 }, 1, biasSchemes.half);
    const { cellVolts } = pulse.apply({ ...drive, frame, width: 1e-7 });
    const moved = (index: number) => {
      const volts = cellVolts[index]!;
      const rest = restingOhms(volts);
      return rest + (ohms - rest) * Math.exp(-perSecond * volts ** 2 * 1e-7);
    };
    for (const index of [1, 2, 3, 6]) {
      expect(cells.states.at(index) / moved(index)).toBeCloseTo(1, 5);
    }
    // The sneak path through the cells that are not selected.
    expect(Math.abs(cellVolts[4]!)).toBeGreaterThan(1e-4);
    expect(cells.states.at(4)).not.toBe(ohms);
    expect(cellVolts[1]!).toBeLessThan(0.5);
  });

  test('of no duration takes nothing', () => {
    const { cells, stress, pulse } = createPulse(2, 2, 10);
    const frame = selectCell(cells.geometry, { word: 0, bit: 0 }, 1, biasSchemes.half);
    pulse.apply({ ...drive, frame, width: 0 });
    expect(stress.joules).toBe(0);
    expect(cells.states.at(0)).toBe(ohms);
  });
});
