import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { encodeLatency } from '../../../src/network/latency-encoder.ts';

const values = fc.float64Array({ min: 0, max: 1, noNaN: true, maxLength: 20 });

test('a value gives one spike at T (1 - x), and 0 gives none', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 1e-6, max: 10, noNaN: true }), (x, window) => {
      const { inputs, times } = encodeLatency(x, window);
      const expected = [...x].flatMap((value, input) =>
        value > 0 ? [[input, window - window * value]] : [],
      );
      expect([...inputs]).toEqual(expected.map(([input]) => input));
      for (const [spike, time] of times.entries()) {
        expect(Math.abs(time - expected[spike]![1]!)).toBeLessThanOrEqual(1e-15 * window);
        expect(time).toBeGreaterThanOrEqual(0);
        expect(time).toBeLessThanOrEqual(window);
      }
    }),
  );
  expect(encodeLatency(Float64Array.of(0, 0), 1).times).toHaveLength(0);
});

test('with a membrane a value gives one spike where it has charged it to the threshold', () => {
  fc.assert(
    fc.property(
      values,
      fc.double({ min: 1e-3, max: 1, noNaN: true }),
      fc.double({ min: 1e-3, max: 10, noNaN: true }),
      (x, threshold, tau) => {
        const window = 4 * tau;
        const { inputs, times } = encodeLatency(x, window, { tau, threshold });
        for (const [spike, time] of times.entries()) {
          const charged = x[inputs[spike]!]! * (1 - Math.exp(-time / tau));
          expect(charged / threshold).toBeCloseTo(1, 9);
          expect(time).toBeLessThanOrEqual(window);
        }
        // The others stay below it all the time.
        const silent = x.filter((_, input) => !inputs.includes(input));
        const highest = Math.max(0, ...silent) * (1 - Math.exp(-window / tau));
        expect(highest).toBeLessThan(threshold * (1 + 1e-9));
      },
    ),
  );
});

test.each([
  [{ tau: 0, threshold: 0.1 }, /time constant is 0 s/u],
  [{ tau: NaN, threshold: 0.1 }, /time constant is NaN s/u],
  [{ tau: 1, threshold: 0 }, /threshold is 0,/u],
])('a membrane of %o is refused', (membrane, message) => {
  expect(() => encodeLatency(Float64Array.of(0.5), 1, membrane)).toThrow(message);
});

test.each([
  [Float64Array.of(0.5, 1.01), 1, /value 1 is 1\.01/u],
  [Float64Array.of(-0.1), 1, /value 0 is -0\.1/u],
  [Float64Array.of(NaN), 1, /value 0 is NaN/u],
  [Float64Array.of(0.5), 0, /window is 0 s/u],
  [Float64Array.of(0.5), Infinity, /window is Infinity s/u],
])('%o within %d s is refused', (x, window, message) => {
  expect(() => encodeLatency(x, window)).toThrow(UsageError);
  expect(() => encodeLatency(x, window)).toThrow(message);
});
