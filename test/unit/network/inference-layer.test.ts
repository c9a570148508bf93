import { expect, test } from 'vitest';
import { Crossbar } from '../../../src/array/crossbar.ts';
import { noVariability } from '../../../src/model/variability.ts';
import type { WeightLayout } from '../../../src/network/conductance-mapping.ts';
import { CrossbarLayer } from '../../../src/network/crossbar-layer.ts';
import { differentialPair } from '../../../src/network/differential-pair.ts';
import { InferenceLayer } from '../../../src/network/inference-layer.ts';
import { offsetColumn } from '../../../src/network/offset-column.ts';
import { argMax } from '../../../src/network/softmax-regression.ts';
import { RandomStream } from '../../../src/random.ts';
import { resistor, resistorParameters } from '../array/fixture-models.ts';

const inputs = 30;
const classes = 5;
const rows = 300;
const random = new RandomStream(2, 'layer');
const weights = Float64Array.from({ length: inputs * classes }, (_, index) => random.normal(index, 0));
const features = Float64Array.from({ length: rows * inputs }, (_, index) => random.uniform(index, 1));
const rowOf = (row: number): Float64Array => features.subarray(row * inputs, (row + 1) * inputs);

/** The same programmed array, read by read and as products. */
function layersOn(layout: WeightLayout, relative: number) {
  const mapped = layout.map(weights, inputs, classes, { min: 1e-5, max: 1e-4 });
  const readNoise = { distribution: 'normal', relative } as const;
  const crossbar = new Crossbar({
    geometry: mapped.geometry,
    model: resistor,
    parameters: resistorParameters,
    variability: { ...noVariability, readNoise },
    seed: 5,
    readVolts: 0.2,
    initial: mapped.targets,
  });
  const shared = { layout, mapped, voltsPerUnit: 0.2, dacBits: 8, seed: 5 };
  const byReads = new CrossbarLayer({ ...shared, crossbar, width: 1e-6, adcBits: 8 });
  byReads.calibrate(Array.from({ length: 20 }, (_, row) => rowOf(row)));
  const byProducts = new InferenceLayer({
    ...shared,
    conductances: crossbar.conductances(),
    readNoise,
    readChannel: byReads.readChannel,
    event: crossbar.events,
  });
  return { byReads, byProducts };
}

test.each([
  ['differential pairs', differentialPair, 0],
  ['differential pairs with noise', differentialPair, 0.1],
  ['an offset column', offsetColumn, 0],
  ['an offset column with noise', offsetColumn, 0.1],
] as const)('%s: the codes and classes of an array that is read', (_name, layout, relative) => {
  const { byReads, byProducts } = layersOn(layout, relative);
  const found = byProducts.outputs(features);
  expect(found).toHaveLength(rows * classes);
  let others = 0;
  for (let row = 0; row < rows; row++) {
    const expected = byReads.outputs(rowOf(row));
    const own = found.subarray(row * classes, (row + 1) * classes);
    others += expected.filter((value, k) => value !== own[k]).length;
    expect(argMax(own)).toBe(argMax(expected));
  }
  // A current may lie so near a transition that float32 sees it on the other side.
  expect(others).toBeLessThanOrEqual(3);
});

test('events count on from call to call', () => {
  const [whole, apart] = [
    layersOn(differentialPair, 0.1).byProducts,
    layersOn(differentialPair, 0.1).byProducts,
  ];
  const together = whole.outputs(features.subarray(0, 3 * inputs));
  const [first, rest] = [
    apart.outputs(features.subarray(0, inputs)),
    apart.outputs(features.subarray(inputs, 3 * inputs)),
  ];
  expect([...first, ...rest]).toEqual([...together]);
  const again = whole.outputs(features.subarray(0, 3 * inputs));
  expect(again).not.toEqual(together);
});
