import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../../devices/load-device.ts';
import { type BiasScheme, biasSchemes } from '../../../src/array/bias.ts';
import { Crossbar } from '../../../src/array/crossbar.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import type { LineNetwork } from '../../../src/array/line-network.ts';
import { resistiveWires } from '../../../src/array/resistive-wires.ts';
import type { DeviceModel } from '../../../src/model/device-model.ts';
import type { ParameterValues } from '../../../src/model/parameter-set.ts';
import { noVariability } from '../../../src/model/variability.ts';
import { relaxing, relaxingParameters } from './fixture-models.ts';

const geometry = createGeometry(12, 16);
const tiox = await loadDevice('data-driven-2016', 'tiox-2016');

/** The same wires for those who solve for every cell at every step. */
function everyCell(): LineNetwork {
  const wires = resistiveWires({
    geometry,
    wordSegmentResistance: 3,
    bitSegmentResistance: 2,
    tolerance: 1e-8,
  });
  return {
    name: 'every cell',
    ideal: false,
    resistance: wires.resistance,
    solve: (frame, cells, out) => {
      wires.solve(frame, cells, out);
    },
  };
}

const twoLines = () => resistiveWires({ geometry, wordSegmentResistance: 3, bitSegmentResistance: 2 });

function createPair(model: DeviceModel, parameters: ParameterValues, mean: number, kernel?: string) {
  return [twoLines(), everyCell()].map(
    (network) =>
      new Crossbar({
        geometry,
        model,
        parameters,
        variability: {
          ...noVariability,
          cycleToCycle: 0.2,
          readNoise: { distribution: 'normal', relative: 0.01 },
        },
        seed: 4,
        readVolts: 0.2,
        initial: { mean, spread: { distribution: 'log-normal', relative: 0.3 } },
        kernel,
        network,
      }),
  ) as [Crossbar, Crossbar];
}

function writeVerify(crossbar: Crossbar, scheme: BiasScheme, sign: number, width: number): number[] {
  const reads: number[] = [];
  for (const cell of [
    { word: 11, bit: 2 },
    { word: 11, bit: 3 },
    { word: 4, bit: 3 },
  ]) {
    for (let k = 0; k < 10; k++) {
      crossbar.pulse(cell, sign * (0.7 + 0.08 * k), width, scheme);
      reads.push(crossbar.read(cell, 0.2, 1e-6, biasSchemes.grounded));
    }
  }
  return reads;
}

function worstRatio(found: ArrayLike<number>, exact: ArrayLike<number>): number {
  return Math.max(...Array.from(found, (value, k) => Math.abs(value / exact[k]! - 1)));
}

describe.each([
  ['TiOx device', tiox.model, tiox.parameters, tiox.kernel, 1e-4, 1e-6],
  ['device that relaxes', relaxing, relaxingParameters, undefined, 1e-4, 2e-6],
] as const)('write-verify of a %s, two lines at a time', (_name, model, parameters, kernel, mean, width) => {
  test.each([
    ['half', 1],
    ['half', -1],
    ['third', 1],
  ] as const)('reads and leaves what the whole array would, under %s, sign %d', (scheme, sign) => {
    const [own, whole] = createPair(model, parameters, mean, kernel);
    const found = writeVerify(own, biasSchemes[scheme], sign, width);
    const exact = writeVerify(whole, biasSchemes[scheme], sign, width);
    // Voltages are followed to 1e-3 while the devices move.
    expect(worstRatio(found, exact)).toBeLessThan(1e-3);
    expect(worstRatio(own.conductances(), whole.conductances())).toBeLessThan(1e-3);
    for (const kind of ['pulse', 'read'] as const) {
      const { seconds, ...took } = own.ledger.snapshot()[kind];
      const took2 = whole.ledger.snapshot()[kind];
      expect(seconds).toBe(took2.seconds);
      expect(took.joules / took2.joules).toBeCloseTo(1, 3);
      expect(took.coulombs / took2.coulombs).toBeCloseTo(1, 3);
      expect(took.halfSelectJoules / took2.halfSelectJoules).toBeCloseTo(1, 3);
    }
  });
});

test('cells off the two lines are disturbed by what reaches them, as soon as someone looks', () => {
  const [own, whole] = createPair(relaxing, { ...relaxingParameters, speed: 1e9 }, 1e-4);
  const before = own.states();
  writeVerify(own, biasSchemes.half, 1, 2e-9);
  writeVerify(whole, biasSchemes.half, 1, 2e-9);
  // Cells of word line 6 that share no line with any of the selected ones.
  const moved = (crossbar: Crossbar) =>
    Array.from({ length: 12 }, (_, k) => crossbar.states()[6 * 16 + 4 + k]! - before[6 * 16 + 4 + k]!);
  const exact = moved(whole);
  const largest = Math.max(...exact.map(Math.abs));
  // The rate of this device grows with the square of the voltage, and the mean of a ramp stands for all of it.
  expect(largest).toBeGreaterThan(1e-3);
  moved(own).forEach((change, k) => {
    expect(Math.abs(change - exact[k]!)).toBeLessThan(0.1 * largest);
  });
  const [again] = createPair(relaxing, { ...relaxingParameters, speed: 1e9 }, 1e-4);
  writeVerify(again, biasSchemes.half, 1, 2e-9);
  expect(again.conductanceOf({ word: 6, bit: 9 })).toBe(own.conductanceOf({ word: 6, bit: 9 }));
});

test('the compiled form solves the two lines as the plain one does', () => {
  const [compiled, plain] = [tiox.kernel, undefined].map(
    (kernel) =>
      new Crossbar({
        geometry,
        model: tiox.model,
        parameters: tiox.parameters,
        variability: {
          ...noVariability,
          deviceToDevice: { rMin: { distribution: 'normal', relative: 0.1 } },
          stuck: { high: 0.1, low: 0.1 },
        },
        seed: 9,
        readVolts: 0.2,
        initial: { mean: 1e-4, spread: { distribution: 'log-normal', relative: 0.3 } },
        kernel,
        network: twoLines(),
      }),
  ) as [Crossbar, Crossbar];
  const found = writeVerify(compiled, biasSchemes.half, -1, 1e-6);
  const expected = writeVerify(plain, biasSchemes.half, -1, 1e-6);
  expect(worstRatio(found, expected)).toBeLessThan(1e-9);
  expect(worstRatio(compiled.conductances(), plain.conductances())).toBeLessThan(1e-9);
});

test('all lines may be driven in between', () => {
  const [own, whole] = createPair(tiox.model, tiox.parameters, 1e-4, tiox.kernel);
  const results = [own, whole].map((crossbar) => {
    writeVerify(crossbar, biasSchemes.half, 1, 1e-6);
    const wordVolts = Float64Array.from({ length: 12 }, (_, word) => 0.02 * word);
    const currents = crossbar.sense({ wordVolts, bitVolts: new Float64Array(16) }, 1e-6);
    crossbar.wait(1e-3);
    return [...currents, ...writeVerify(crossbar, biasSchemes.half, -1, 1e-6)];
  });
  expect(worstRatio(results[0]!, results[1]!)).toBeLessThan(2e-4);
});
