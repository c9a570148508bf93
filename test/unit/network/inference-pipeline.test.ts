import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Crossbar } from '../../../src/array/crossbar.ts';
import { createGeometry, type Geometry } from '../../../src/array/geometry.ts';
import { bitLineCurrents, noisyBitLineCurrents } from '../../../src/array/vector-matrix-product.ts';
import { ConfigError, UsageError } from '../../../src/errors.ts';
import { noVariability, type Spread } from '../../../src/model/variability.ts';
import { InferencePipeline, type InferencePipelineOptions } from '../../../src/network/inference-pipeline.ts';
import type { AdcConfig } from '../../../src/periphery/adc.ts';
import { Dac, type DacConfig } from '../../../src/periphery/dac.ts';
import { ReadChannel, type ReadChannelConfig } from '../../../src/periphery/read-channel.ts';
import { RandomStream } from '../../../src/random.ts';
import { resistor, resistorParameters } from '../array/fixture-models.ts';

const random = new RandomStream(3, 'inference');
const draw = (length: number, event: number): Float64Array =>
  Float64Array.from({ length }, (_, index) => random.uniform(index, event));

interface Case {
  readonly geometry: Geometry;
  readonly conductances: Float64Array;
  readonly wordVolts: Float64Array;
}

function createCase(wordLines: number, bitLines: number, batch: number, sample: number): Case {
  return {
    geometry: createGeometry(wordLines, bitLines),
    conductances: draw(wordLines * bitLines, sample).map((u) => 1e-6 * 100 ** u),
    wordVolts: draw(batch * wordLines, sample + 1).map((u) => 0.4 * u - 0.1),
  };
}

const cases = fc
  .tuple(
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 0, max: 7 }),
    fc.nat(1000),
  )
  .map((numbers) => createCase(...numbers));

/** Largest error of any current over the largest current. */
function worstError(found: Float64Array, exact: Float64Array): number {
  const largest = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-300);
  return exact.reduce((worst, value, at) => Math.max(worst, Math.abs(found[at]! - value)), 0) / largest;
}

describe('without converters', () => {
  test('is the product in float64, to float32', () => {
    fc.assert(
      fc.property(cases, ({ geometry, conductances, wordVolts }) => {
        const found = new InferencePipeline({ geometry, conductances, seed: 1 }).currents(wordVolts);
        expect(worstError(found, bitLineCurrents(conductances, wordVolts, geometry))).toBeLessThan(2e-6);
      }),
      { numRuns: 50 },
    );
  });

  test('has the draws and the deviation of the product in float64', () => {
    fc.assert(
      fc.property(cases, fc.nat(2 ** 33), ({ geometry, conductances, wordVolts }, event) => {
        const readNoise = { distribution: 'normal', relative: 0.2 } as const;
        const pipeline = new InferencePipeline({ geometry, conductances, readNoise, seed: 9 });
        const stream = new RandomStream(9, 'read-noise/bit-line');
        const noise = { relative: 0.2, stream, event };
        const exact = noisyBitLineCurrents(conductances, wordVolts, geometry, noise);
        expect(worstError(pipeline.currents(wordVolts, event), exact)).toBeLessThan(3e-6);
      }),
      { numRuns: 50 },
    );
  });

  test('is the same to the bit with noise of zero', () => {
    const { geometry, conductances, wordVolts } = createCase(270, 9, 5, 4);
    const quiet = new InferencePipeline({ geometry, conductances, seed: 1 }).currents(wordVolts);
    for (const distribution of ['normal', 'uniform', 'log-normal'] as const) {
      const readNoise = { distribution, relative: 0 };
      const noisy = new InferencePipeline({ geometry, conductances, readNoise, seed: 2 });
      expect(noisy.currents(wordVolts)).toEqual(quiet);
    }
  });

  test('takes conductances of any size', () => {
    const { geometry, conductances, wordVolts } = createCase(20, 8, 3, 5);
    for (const scale of [1e-250, 1e-30, 1e30]) {
      const scaled = conductances.map((siemens) => siemens * scale);
      const readNoise = { distribution: 'normal', relative: 0.1 } as const;
      const found = new InferencePipeline({ geometry, conductances: scaled, readNoise, seed: 1 });
      const usual = new InferencePipeline({ geometry, conductances, readNoise, seed: 1 });
      const expected = usual.currents(wordVolts).map((amperes) => amperes * scale);
      expect(worstError(found.currents(wordVolts), expected)).toBeLessThan(1e-6);
    }
  });
});

describe('with converters', () => {
  // Powers of two, so that float32 is exact and every code must be that of the converters themselves, ties included.
  const lsb = 2 ** -10;
  const dacs: readonly DacConfig[] = [
    { bits: 8, minVolts: 0, maxVolts: 255 * lsb },
    { bits: 6, minVolts: -66 * lsb, maxVolts: 186 * lsb, gainError: 0.25, offsetVolts: 3 * lsb },
    { bits: 3, minVolts: 0, maxVolts: 224 * lsb, inlLsb: [0, 0.5, 0.25, 0, -0.5, 0, 0.25, 1] },
  ];
  const adcs: readonly AdcConfig[] = [
    { bits: 8, minVolts: -128 * lsb, maxVolts: 127 * lsb },
    { bits: 5, minVolts: 0.5 * lsb, maxVolts: 31.5 * lsb, gainError: -0.5, offsetVolts: 5 * lsb },
    { bits: 2, minVolts: 0, maxVolts: 3 * lsb, dnlLsb: [0.5, -0.5, 0.25, 0] },
  ];
  const gains = [
    { ranges: [{ gainOhms: 1024 }], maxVolts: 0.25 },
    { ranges: [{ gainOhms: 4096, offsetVolts: lsb }, { gainOhms: 256 }], maxVolts: 0.125 },
  ];
  const chains = dacs.flatMap((dac) =>
    adcs.flatMap((adc) => gains.map((transimpedance) => ({ dac, adc, transimpedance }))),
  );

  test.each(chains)(
    'chooses every code of converters of $dac.bits and $adc.bits bits',
    ({ dac, adc, transimpedance }) => {
      const geometry = createGeometry(5, 11);
      const conductances = draw(55, 1).map((u) => Math.round(32 * u) * 2 ** -20);
      const wordVolts = draw(60 * 5, 2).map((u) => Math.round(640 * u - 128) * lsb * 0.5);
      for (const range of transimpedance.ranges.length > 1 ? ([1, 'auto'] as const) : (['auto'] as const)) {
        const readChannel: ReadChannelConfig = { transimpedance, adc, range };
        const found = new InferencePipeline({ geometry, conductances, dac, readChannel, seed: 1 });
        const converter = new Dac(dac);
        const channel = new ReadChannel(readChannel, 1);
        const driven = wordVolts.map((volts) => converter.convert(volts));
        const expected = bitLineCurrents(conductances, driven, geometry).map(
          (amperes) => channel.measure(amperes, 1, 1).amperes,
        );
        expect(new Set(expected).size).toBeGreaterThan(2);
        expect(found.currents(wordVolts)).toEqual(expected);
      }
    },
  );

  test('adds the noise of the converter as the converter does', () => {
    const { geometry, conductances, wordVolts } = createCase(30, 10, 6, 7);
    const readChannel: ReadChannelConfig = {
      transimpedance: { ranges: [{ gainOhms: 1e4 }], maxVolts: 10 },
      adc: { bits: 24, minVolts: -10, maxVolts: 10, noiseVolts: 0.3 },
      range: 0,
    };
    const found = new InferencePipeline({ geometry, conductances, readChannel, seed: 4 });
    const channel = new ReadChannel(readChannel, 4);
    const expected = bitLineCurrents(conductances, wordVolts, geometry).map(
      (amperes, at) => channel.measure(amperes, 1, 1, at % 10, 50 + Math.floor(at / 10)).amperes,
    );
    expect(worstError(found.currents(wordVolts, 50), expected)).toBeLessThan(2e-6);
  });
});

type NoiseOptions = Pick<InferencePipelineOptions, 'readNoise' | 'noiseDraws'>;
const normal: Spread = { distribution: 'normal', relative: 0.1 };
const logNormal: Spread = { distribution: 'log-normal', relative: 0.3 };

test.each<readonly [string, number, number, NoiseOptions]>([
  ['no noise', 260, 37, {}],
  ['Gaussian noise', 260, 37, { readNoise: normal }],
  ['Gaussian noise of each cell', 20, 9, { readNoise: normal, noiseDraws: 'cell' }],
  ['log-normal noise', 20, 9, { readNoise: logNormal }],
])('a row has the same bits in whatever batch it comes: %s', (_name, words, bits, noise) => {
  const { geometry, conductances, wordVolts } = createCase(words, bits, 140, 8);
  const options: InferencePipelineOptions = {
    geometry,
    conductances,
    ...noise,
    dac: { bits: 8, minVolts: 0, maxVolts: 0.3 },
    seed: 6,
  };
  const whole = new InferencePipeline(options).currents(wordVolts, 1000);
  const pipeline = new InferencePipeline(options);
  for (const [first, rows] of [
    [130, 4],
    [0, 1],
    [1, 2],
    [5, 128],
    [3, 1],
  ] as const) {
    const part = wordVolts.subarray(first * words, (first + rows) * words);
    expect(pipeline.currents(part, 1000 + first)).toEqual(whole.slice(first * bits, (first + rows) * bits));
  }
  const later = pipeline.currents(wordVolts, 1001);
  expect(later.some((amperes, at) => amperes !== whole[at])).toBe(noise.readNoise !== undefined);
});

test.each([
  ['normal', 2e-6],
  ['uniform', 1e-12],
  ['log-normal', 1e-12],
] as const)('%s noise is that of an array that is read', (distribution, tolerance) => {
  const { geometry, conductances, wordVolts } = createCase(12, 5, 4, 9);
  const readNoise: Spread = { distribution, relative: 0.15 };
  const crossbar = new Crossbar({
    geometry,
    model: resistor,
    parameters: resistorParameters,
    variability: { ...noVariability, readNoise },
    seed: 8,
    readVolts: 0.2,
    initial: conductances,
  });
  const sensed = Array.from({ length: 4 }, (_, row) => [
    ...crossbar.sense(
      { wordVolts: wordVolts.slice(12 * row, 12 * row + 12), bitVolts: new Float64Array(5) },
      1e-6,
    ),
  ]);
  const pipeline = new InferencePipeline({ geometry, conductances, readNoise, seed: 8 });
  const expected = Float64Array.from(sensed.flat());
  expect(worstError(pipeline.currents(wordVolts, 0), expected)).toBeLessThan(tolerance);
});

describe('refuses', () => {
  const geometry = createGeometry(3, 2);
  const conductances = new Float64Array(6).fill(1e-5);
  const base = { geometry, conductances, seed: 1 };

  test.each<readonly [string, Partial<InferencePipelineOptions>, RegExp]>([
    [
      'a matrix of another size',
      { conductances: new Float64Array(5) },
      /found 5 conductances, expected 3 x 2 finite/u,
    ],
    [
      'a conductance that is not finite',
      { conductances: Float64Array.of(1, 1, NaN, 1, 1, 1) },
      /found NaN S/u,
    ],
    [
      'bit-line draws of other noise',
      { readNoise: { distribution: 'uniform', relative: 0.1 }, noiseDraws: 'bit-line' },
      /noiseDraws is bit-line for uniform noise, expected cell/u,
    ],
    ['a seed that is not one', { seed: -1 }, /seed: found -1/u],
  ])('%s', (_name, options, message) => {
    expect(() => new InferencePipeline({ ...base, ...options })).toThrow(UsageError);
    expect(() => new InferencePipeline({ ...base, ...options })).toThrow(message);
  });

  test('a converter or a noise that is not one', () => {
    const dac = { bits: 0, minVolts: 0, maxVolts: 1 };
    expect(() => new InferencePipeline({ ...base, dac })).toThrow(ConfigError);
    const readNoise = { distribution: 'normal', relative: -1 } as const;
    expect(() => new InferencePipeline({ ...base, readNoise })).toThrow(/readNoise\.relative is -1/u);
  });

  test.each<readonly [string, readonly number[], number, RegExp]>([
    ['a part of a row', [0, 0, 0, 0], 0, /found 4 voltages, expected a multiple of 3 word lines/u],
    ['a voltage that is no number', [0, 0, 0, 0, NaN, 0], 0, /word line 1 is at NaN V, expected at most/u],
    ['an infinite voltage', [0, 0, -Infinity], 0, /word line 2 is at -Infinity V/u],
    ['an event that is not one', [0, 0, 0], 0.5, /found event 0.5, expected an integer/u],
  ])('%s', (_name, volts, event, message) => {
    const dac = { bits: 4, minVolts: 0, maxVolts: 1 };
    for (const pipeline of [new InferencePipeline(base), new InferencePipeline({ ...base, dac })]) {
      expect(() => pipeline.currents(Float64Array.from(volts), event)).toThrow(UsageError);
      expect(() => pipeline.currents(Float64Array.from(volts), event)).toThrow(message);
    }
  });
});
