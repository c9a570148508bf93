import { beforeAll, describe, expect, test } from 'vitest';
import { createGeometry } from '../../../src/array/geometry.ts';
import { InferencePipeline } from '../../../src/network/inference-pipeline.ts';

const draws = 150_000;
const wordLines = 5;
const geometry = createGeometry(wordLines, 1);
const conductances = Float64Array.of(1e-5, 3e-5, 9e-5, 2e-5, 6e-5);
const wordVolts = Float64Array.of(0.2, 0.05, -0.1, 0.15, 0.1);
const relative = 0.2;
const spread = (amplitude: number) => ({ distribution: 'normal', relative: amplitude }) as const;

/** Currents of one input that is read again and again. */
function sample(amplitude: number, noiseDraws: 'bit-line' | 'cell', seed: number): Float64Array {
  const options = { geometry, conductances, readNoise: spread(amplitude), noiseDraws, seed };
  const batch = new Float64Array(draws * wordLines).map((_, index) => wordVolts[index % wordLines]!);
  return new InferencePipeline(options).currents(batch);
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly kurtosis: number;
}

function momentsOf(values: Float64Array): Moments {
  const average = (of: (value: number) => number): number =>
    values.reduce((sum, value) => sum + of(value), 0) / values.length;
  const mean = average((value) => value);
  const variance = average((value) => (value - mean) ** 2);
  return { mean, variance, kurtosis: average((value) => (value - mean) ** 4) / variance ** 2 };
}

/** Largest distance between the cumulated distributions of two samples of the same size. */
function kolmogorovSmirnov(first: Float64Array, second: Float64Array): number {
  const [a, b] = [first.slice().sort(), second.slice().sort()];
  let largest = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i]! <= b[j]!) {
      i += 1;
    } else {
      j += 1;
    }
    largest = Math.max(largest, Math.abs(i - j) / a.length);
  }
  return largest;
}

/**
 * How far two samples of a Gaussian are apart, over what such samples exceed by chance less than once in 10,000: four
 * standard errors, and the quantile 2.3 of the Kolmogorov distribution.
 */
function disagreement(first: Float64Array, second: Float64Array) {
  const [a, b] = [momentsOf(first), momentsOf(second)];
  const chance = (variance: number): number => 4 * Math.sqrt((2 * variance) / draws);
  return {
    mean: Math.abs(a.mean - b.mean) / chance(a.variance),
    variance: Math.abs(a.variance / b.variance - 1) / chance(2),
    kurtosis: Math.abs(a.kurtosis - b.kurtosis) / chance(24),
    distribution: kolmogorovSmirnov(first, second) / (2.3 * Math.sqrt(2 / draws)),
  };
}

describe('Gaussian read noise drawn for each cell', () => {
  let ofCells: Float64Array;
  beforeAll(() => {
    ofCells = sample(relative, 'cell', 11);
  });

  test('has the distribution of that drawn for each bit line', () => {
    for (const [statistic, value] of Object.entries(
      disagreement(ofCells, sample(relative, 'bit-line', 12)),
    )) {
      expect({ statistic, agrees: value < 1 }).toEqual({ statistic, agrees: true });
    }
  });

  test.each([0.9, 1.1])('has not that of a variance %d times as large', (factor) => {
    const other = sample(relative * Math.sqrt(factor), 'bit-line', 12);
    const { mean, variance, distribution } = disagreement(ofCells, other);
    expect(mean).toBeLessThan(1);
    expect(variance).toBeGreaterThan(1);
    expect(distribution).toBeGreaterThan(1);
  });

  test('has the variance of the sum over its cells, and a kurtosis of 3', () => {
    const exact = wordVolts.reduce(
      (sum, volts, word) => sum + (relative * volts * conductances[word]!) ** 2,
      0,
    );
    const { variance, kurtosis } = momentsOf(ofCells);
    expect(Math.abs(variance / exact - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(4 * Math.sqrt(24 / draws));
  });

  test('is not that of noise of another distribution', () => {
    const options = { geometry: createGeometry(1, 1), conductances: Float64Array.of(1e-4), seed: 3 };
    const batch = new Float64Array(draws).fill(0.1);
    const [normal, uniform] = [
      { distribution: 'normal', relative: 0.1 } as const,
      // The same variance.
      { distribution: 'uniform', relative: 0.1 * Math.sqrt(3) } as const,
    ].map((readNoise) => new InferencePipeline({ ...options, readNoise }).currents(batch));
    const { variance, kurtosis, distribution } = disagreement(normal!, uniform!);
    expect(variance).toBeLessThan(1);
    expect(kurtosis).toBeGreaterThan(1);
    expect(distribution).toBeGreaterThan(1);
  });
});
