import { expect, test } from 'vitest';
import { createGeometry } from '../../../src/array/geometry.ts';
import type { LineResistances } from '../../../src/array/sensed-array.ts';
import { wiredConductances } from '../../../src/array/wired-conductances.ts';
import { loadLab, withSegments } from '../../../src/lab/lab.ts';
import { simulateLab } from '../../../src/lab/simulate-lab.ts';
import { BitLineConverter } from '../../../src/network/bit-line-converter.ts';
import { SpikeSensing } from '../../../src/network/spike-sensing.ts';
import { Adc } from '../../../src/periphery/adc.ts';
import { TransimpedanceAmplifier } from '../../../src/periphery/transimpedance.ts';
import { RandomStream } from '../../../src/random.ts';

const geometry = createGeometry(7, 4);
const random = new RandomStream(5, 'cells');
const conductances = Float64Array.from({ length: 28 }, (_, cell) => 6e-5 + 3e-4 * random.uniform(cell, 0));
const spikes = [0, 2, 3, 6];
const lines: LineResistances = {
  wordSegmentResistance: 3,
  bitSegmentResistance: 5,
  driverResistance: 20,
};

function sumsOf(
  options: Partial<ConstructorParameters<typeof SpikeSensing>[0]>,
  presentations = 1,
): Float64Array[] {
  const sensing = new SpikeSensing({ geometry, volts: 0.2, seed: 1, ...options });
  return Array.from({ length: presentations }, () => {
    const out = new Float64Array(4);
    sensing.sums(conductances, spikes, out);
    return out;
  });
}

/** Row after row, as numbers add up. */
const plain = Float64Array.from({ length: 4 }, (_, bit) =>
  spikes.reduce((sum, word) => sum + conductances[word * 4 + bit]!, 0),
);

test('without wires, noise and converter the sums are those of numbers, to the bit', () => {
  expect(sumsOf({})[0]).toEqual(plain);
});

test('between wires the spikes meet what an emulated array of the same wires passes on', async () => {
  const lab = withSegments(await loadLab('examples/text-classification.yaml'), { word: 3, bit: 5 });
  const { controller } = lab.config;
  const wired = {
    ...lab,
    config: { ...lab.config, controller: { ...controller, line: { ...controller.line, resistance: 20 } } },
  };
  const { crossbar } = simulateLab(wired, geometry, 1, conductances);
  const wordVolts = Float64Array.from({ length: 7 }, (_, word) => (spikes.includes(word) ? 0.2 : 0));
  const sensed = crossbar.sense({ wordVolts, bitVolts: new Float64Array(4) }, 1e-9);
  const [sums] = sumsOf({ lines });
  const arriving = wiredConductances({ geometry, ...lines }, conductances);
  for (let bit = 0; bit < 4; bit++) {
    expect(sums![bit]! / (sensed[bit]! / 0.2)).toBeCloseTo(1, 5);
    // Spikes that come together are the sum of those that come alone.
    const alone = spikes.reduce((sum, word) => sum + arriving[word * 4 + bit]!, 0);
    expect(sums![bit]! / alone).toBeCloseTo(1, 8);
    expect(sums![bit]!).toBeLessThan(0.99 * plain[bit]!);
  }
});

test('one cell between wires is a series of resistances', () => {
  const [arriving] = wiredConductances({ geometry: createGeometry(1, 1), ...lines }, Float64Array.of(1e-3));
  expect(1 / arriving!).toBeCloseTo(1000 + 3 + 5 + 2 * 20, 6);
});

test.each([undefined, { wordSegmentResistance: 1e-3, bitSegmentResistance: 1e-3 }])(
  'read noise scatters each sum by the square root of the squares of its cells, wires %j',
  (wires) => {
    const presentations = wires === undefined ? 4000 : 1000;
    const found = sumsOf(
      { readNoise: { distribution: 'normal', relative: 0.05 }, lines: wires },
      presentations,
    );
    for (let bit = 0; bit < 4; bit++) {
      const deviation =
        0.05 * Math.sqrt(spikes.reduce((sum, word) => sum + conductances[word * 4 + bit]! ** 2, 0));
      const errors = found.map((sums) => (sums[bit]! - plain[bit]!) / deviation);
      const mean = errors.reduce((sum, error) => sum + error, 0) / presentations;
      const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / presentations;
      expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(presentations));
      expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / presentations));
    }
  },
);

test('a converter knows what an amplifier and a converter without errors know', () => {
  const fullScale = 3e-4;
  const amplifier = new TransimpedanceAmplifier({ ranges: [{ gainOhms: 1 / fullScale }], maxVolts: 1 });
  for (const bits of [1, 3, 10]) {
    const adc = new Adc({ bits, minVolts: 0, maxVolts: 1 }, 1);
    const converter = new BitLineConverter(bits, fullScale);
    for (let draw = 0; draw < 200; draw++) {
      const current = 1.2 * fullScale * random.uniform(draw, 9);
      const expected = amplifier.amperes(adc.convert(amplifier.volts(current, 0)).volts, 0);
      expect(converter.amperes(current) - expected).toBeCloseTo(0, 15);
    }
  }
  expect(() => new BitLineConverter(25, fullScale)).toThrow(/converter.bits: found 25/u);
  expect(() => new BitLineConverter(8, 0)).toThrow(/converter.fullScale: found 0/u);
});

test('a converter rounds each current to its steps, and with one bit compares it with half of full scale', () => {
  const fullScale = 0.2 * 2e-3;
  const [converted] = sumsOf({ converter: new BitLineConverter(5, fullScale) });
  const step = 2e-3 / 31;
  const rounded = plain.map((sum) => step * Math.round(sum / step));
  converted!.forEach((sum, bit) => expect(sum).toBeCloseTo(rounded[bit]!, 12));
  const comparator = new BitLineConverter(1, 1e-6);
  expect([0, 0.49e-6, 0.51e-6, 3e-6].map((amperes) => comparator.amperes(amperes))).toEqual([
    0, 0, 1e-6, 1e-6,
  ]);
});
