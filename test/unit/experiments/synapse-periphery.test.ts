import { expect, test } from 'vitest';
import { convertToArray } from '../../../src/experiments/text-conversion.ts';
import { openTextArray, type TextArray } from '../../../src/experiments/text-array.ts';
import { conversionReadout, trainAnn } from '../../../src/experiments/text-classification.ts';
import { presentTexts } from '../../../src/experiments/text-spiking.ts';
import {
  peripheryTable,
  withReadNoise,
  type SynapsePeriphery,
} from '../../../src/experiments/synapse-periphery.ts';
import { loadLab, withSegments, type Lab } from '../../../src/lab/lab.ts';
import { poolTexts } from '../../../src/network/embedding.ts';
import { RateCodedNeuron } from '../../../src/network/rate-coded-neuron.ts';
import { conductancesToUnitWeights } from '../../../src/network/unit-weights.ts';
import { RunControl } from '../../../src/run/run-control.ts';
import { sampleTexts } from './sample-texts.ts';

const lab = await loadLab('examples/text-classification.yaml');
const ideal: SynapsePeriphery = { readDisturb: false };
const seed = 3;
const data = sampleTexts(100, 60);
const { mean: model } = await trainAnn({ data, seed, epochs: 8, onProgress: () => undefined });
const readout = conversionReadout(200);

async function converted(chosen: Lab, periphery: SynapsePeriphery): Promise<TextArray> {
  const array = await openTextArray(chosen, 100, seed, periphery);
  const place = {
    out: undefined,
    command: 'test',
    seed,
    control: new RunControl(),
    onProgress: () => undefined,
  };
  await convertToArray(array, model, place);
  return array;
}

async function presented(chosen: Lab, periphery: SynapsePeriphery) {
  const array = await converted(chosen, periphery);
  return presentTexts(
    array,
    array.conductances(new Float64Array(100)),
    model.embedding,
    data.test,
    readout,
    seed,
  );
}

/** The device without the voltages below which it rests. */
function restlessLab(): Lab {
  const { device } = lab;
  const parameters = { ...device.parameters, vThresholdP: 0, vThresholdN: 0 };
  return { ...lab, device: { ...device, parameters } };
}

test('with everything ideal the neuron counts spikes over the weights that the cells hold, to the bit', async () => {
  const array = await converted(lab, ideal);
  const weights = conductancesToUnitWeights(array.conductances(new Float64Array(100)), array.range);
  const neuron = new RateCodedNeuron({
    ...readout,
    inputs: 100,
    seed,
    stream: 'text-classification/test-spikes',
  });
  neuron.setWeights(weights);
  const pooled = poolTexts(model.embedding, data.test.bags);
  const rates = Array.from(data.test.texts, (text) =>
    neuron.rate(pooled.subarray(100 * text, 100 * text + 100), text),
  );
  const found = await presentTexts(array, new Float64Array(100), model.embedding, data.test, readout, seed);
  expect(found.outputSpikes).toBe(
    (readout.steps * rates.reduce((sum, rate) => sum + rate, 0)) / rates.length,
  );
  const right = rates.filter((rate, text) => (rate > 0.5 ? 1 : 0) === data.test.labels[text]).length;
  expect(found.accuracy).toBe(right / rates.length);
});

test('each switch is felt: fewer spikes behind wires, others behind a converter, with noise, and after disturb', async () => {
  const { outputSpikes } = await presented(lab, ideal);
  const wired = withSegments(lab, { word: 20, bit: 20 });
  expect((await presented(wired, ideal)).outputSpikes).toBeLessThan(outputSpikes);
  const fine = await presented(lab, { ...ideal, adcBits: 16 });
  expect(Math.abs(fine.outputSpikes - outputSpikes)).toBeLessThan(0.02 * outputSpikes);
  expect((await presented(lab, { ...ideal, adcBits: 2 })).outputSpikes).not.toBe(outputSpikes);
  const noisy = withReadNoise(lab, { distribution: 'uniform', relative: 0.2 });
  expect((await presented(noisy, ideal)).outputSpikes).not.toBe(outputSpikes);
  // A device that rests at the read voltage is not moved by it.
  expect((await presented(lab, { readDisturb: true })).outputSpikes).toBe(outputSpikes);
});

test('spikes move the cells as the device says, by the time that their word line is driven', async () => {
  const restless = restlessLab();
  const array = await openTextArray(restless, 100, seed, { readDisturb: true });
  const before = array.conductances(new Float64Array(100));
  const input = Float64Array.from({ length: 100 }, (_, k) => (k % 7) / 10);
  array.disturb!(input, 50);
  const after = array.conductances(new Float64Array(100));
  const { aP, tP, a0P, a1P } = restless.device.parameters as Record<string, number>;
  const { volts, width } = restless.read;
  const bound = a0P! + a1P! * volts;
  const speed = aP! * (Math.exp(volts / tP!) - 1);
  for (let cell = 0; cell < 100; cell++) {
    const row = Math.floor(cell / 10);
    const driven = input.slice(10 * row, 10 * row + 10).reduce((sum, p) => sum + p, 0) * 50 * width;
    const distance = bound - 1 / before[cell]!;
    const expected = bound - distance / (1 + speed * distance * driven);
    expect(1 / after[cell]! / expected).toBeCloseTo(1, 9);
    expect(after[cell]!).toBeLessThan(before[cell]!);
  }
});

test('spikes cannot disturb the cells of a real array', async () => {
  const connect = (): Promise<never> => Promise.reject(new Error('not reached'));
  await expect(openTextArray(lab, 100, seed, { readDisturb: true }, connect)).rejects.toThrow(
    /--read-disturb: found a real controller/u,
  );
});

test('the report says what was on', () => {
  const wired = withSegments(lab, { word: 1, bit: 2 });
  const { rows } = peripheryTable(wired, { adcBits: 6, readDisturb: true });
  const text = rows.map((row) => row.join(': ')).join('\n');
  expect(text).toMatch(/1 ohm a segment of a word line, 2 ohm of a bit line/u);
  expect(text).toMatch(/6 bits/u);
  expect(text).toMatch(/disturb the cells: yes/u);
});
