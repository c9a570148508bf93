import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Crossbar } from '../../../src/array/crossbar.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { bitLineCurrents, noisyBitLineCurrents } from '../../../src/array/vector-matrix-product.ts';
import { UsageError } from '../../../src/errors.ts';
import { noVariability } from '../../../src/model/variability.ts';
import { RandomStream } from '../../../src/random.ts';
import { resistor, resistorParameters } from './fixture-models.ts';
import { describeSample } from './statistics.ts';

const numbers = (length: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });

const products = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 4 }))
  .chain(([wordLines, bitLines, batch]) =>
    fc.record({
      geometry: fc.constant(createGeometry(wordLines, bitLines)),
      conductances: numbers(wordLines * bitLines),
      wordVolts: numbers(batch * wordLines),
    }),
  );

describe('the product', () => {
  test('is the dense sum for every row of a batch', () => {
    fc.assert(
      fc.property(products, ({ geometry, conductances, wordVolts }) => {
        const { wordLines, bitLines } = geometry;
        const currents = bitLineCurrents(
          Float64Array.from(conductances),
          Float64Array.from(wordVolts),
          geometry,
        );
        expect(currents).toHaveLength((wordVolts.length / wordLines) * bitLines);
        currents.forEach((current, at) => {
          const row = Math.floor(at / bitLines);
          const bit = at % bitLines;
          let sum = 0;
          for (let word = 0; word < wordLines; word++) {
            sum += wordVolts[row * wordLines + word]! * conductances[word * bitLines + bit]!;
          }
          expect(current).toBeCloseTo(sum, 14);
        });
      }),
    );
  });

  test('is the same to the bit with noise of zero', () => {
    fc.assert(
      fc.property(products, ({ geometry, conductances, wordVolts }) => {
        const g = Float64Array.from(conductances);
        const v = Float64Array.from(wordVolts);
        const noise = { relative: 0, stream: new RandomStream(1, 'read-noise'), event: 0 };
        expect(noisyBitLineCurrents(g, v, geometry, noise)).toEqual(bitLineCurrents(g, v, geometry));
      }),
    );
  });

  test('refuses lengths that do not fit', () => {
    const geometry = createGeometry(3, 2);
    expect(() => bitLineCurrents(new Float64Array(5), new Float64Array(3), geometry)).toThrow(UsageError);
    expect(() => bitLineCurrents(new Float64Array(6), new Float64Array(4), geometry)).toThrow(
      /found 4 voltages, expected a multiple of 3/u,
    );
  });
});

describe('read noise of a product', () => {
  const geometry = createGeometry(4, 3);
  const conductances = Float64Array.from({ length: 12 }, (_, index) => (index + 1) * 2e-5);
  const wordVolts = Float64Array.of(0.2, -0.1, 0.05, 0.15);
  const relative = 0.1;
  const draws = 8_000;
  const ideal = bitLineCurrents(conductances, wordVolts, geometry);
  /** The law: s^2 sum_i (V_i G_ij)^2. */
  const variances = [0, 1, 2].map((bit) =>
    [...wordVolts].reduce(
      (sum, volts, word) => sum + (relative * volts * conductances[word * 3 + bit]!) ** 2,
      0,
    ),
  );

  function drawnPerCell(): Float64Array[] {
    const stream = new RandomStream(2, 'read-noise');
    return Array.from({ length: draws }, (_, event) => {
      const seen = conductances.map((g, index) => g * (1 + relative * stream.normal(index, event)));
      return bitLineCurrents(seen, wordVolts, geometry);
    });
  }

  function drawnPerOutput(): Float64Array[] {
    const stream = new RandomStream(2, 'read-noise');
    const batch = new Float64Array(draws * 4).map((_, index) => wordVolts[index % 4]!);
    const currents = noisyBitLineCurrents(conductances, batch, geometry, { relative, stream, event: 0 });
    return Array.from({ length: draws }, (_, row) => currents.subarray(3 * row, 3 * row + 3));
  }

  function sensed(distribution: 'normal' | 'uniform', spread: number): Float64Array[] {
    const crossbar = new Crossbar({
      geometry,
      model: resistor,
      parameters: resistorParameters,
      variability: { ...noVariability, readNoise: { distribution, relative: spread } },
      seed: 8,
      readVolts: 0.2,
      initial: conductances,
    });
    const frame = { wordVolts, bitVolts: new Float64Array(3) };
    return Array.from({ length: draws }, () => crossbar.sense(frame, 1e-6));
  }

  test.each([
    ['each cell', drawnPerCell],
    ['each output', drawnPerOutput],
    ['the lines of an array', () => sensed('normal', relative)],
    // A uniform factor of half width w has the variance w^2 / 3.
    ['the cells of an array', () => sensed('uniform', relative * Math.sqrt(3))],
  ])('has the exact mean and variance when drawn for %s', (_name, draw) => {
    const rows = draw();
    for (const bit of [0, 1, 2]) {
      const { mean, variance, meanError, varianceError } = describeSample(rows.map((row) => row[bit]!));
      expect(Math.abs(mean - ideal[bit]!)).toBeLessThan(4 * meanError);
      expect(Math.abs(variance - variances[bit]!)).toBeLessThan(4 * varianceError);
    }
  });

  test('is independent between outputs and between rows', () => {
    const rows = drawnPerOutput();
    const products = rows.map((row) => (row[0]! - ideal[0]!) * (row[1]! - ideal[1]!));
    const neighbours = rows.slice(1).map((row, k) => (row[2]! - ideal[2]!) * (rows[k]![2]! - ideal[2]!));
    for (const sample of [products, neighbours]) {
      const { mean, meanError } = describeSample(sample);
      expect(Math.abs(mean)).toBeLessThan(4 * meanError);
    }
  });

  test('of a row depends on its event only', () => {
    const noise = { relative, stream: new RandomStream(2, 'read-noise'), event: 10 };
    const two = Float64Array.of(...wordVolts, ...wordVolts);
    const both = noisyBitLineCurrents(conductances, two, geometry, noise);
    const second = noisyBitLineCurrents(conductances, wordVolts, geometry, { ...noise, event: 11 });
    expect(both.slice(3)).toEqual(second);
  });
});
