import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { decodeDelta, encodeDelta } from '../../../src/network/delta-encoder.ts';

const signals = fc.float64Array({ min: -5, max: 5, noNaN: true, minLength: 1, maxLength: 60 });
const thresholds = fc.double({ min: 1e-3, max: 3, noNaN: true });

test('the reconstruction is off by less than the threshold at every sample', () => {
  fc.assert(
    fc.property(signals, thresholds, (signal, threshold) => {
      const found = decodeDelta(encodeDelta(signal, threshold), signal[0]!, threshold);
      for (const [sample, value] of signal.entries()) {
        expect(Math.abs(found[sample]! - value)).toBeLessThan(threshold + 1e-13);
      }
    }),
  );
});

test('a spike comes where the signal moved by a threshold since the last spike, and nowhere else', () => {
  fc.assert(
    fc.property(signals, thresholds, (signal, threshold) => {
      let reference = signal[0]!;
      for (const [sample, count] of encodeDelta(signal, threshold).entries()) {
        const move = signal[sample]! - reference;
        expect(Math.abs(move - count * threshold)).toBeLessThan(threshold + 1e-13);
        expect(Math.abs(count) * threshold).toBeLessThanOrEqual(Math.abs(move) + 1e-11);
        expect(count * move).toBeGreaterThanOrEqual(0);
        reference += count * threshold;
      }
    }),
  );
});

test('a slow ramp gives single spikes, evenly apart; noise below the threshold gives none', () => {
  const ramp = Float64Array.from({ length: 41 }, (_, k) => k / 8);
  const spikes = [...encodeDelta(ramp, 0.5)];
  expect(spikes).toEqual(Array.from(ramp, (_, k) => (k > 0 && k % 4 === 0 ? 1 : 0)));
  expect([
    ...encodeDelta(
      ramp.map((value) => -value),
      0.5,
    ),
  ]).toEqual(spikes.map((count) => 0 - count));
  const still = Float64Array.from({ length: 50 }, (_, k) => 2 + 0.49 * Math.sin(k));
  expect(encodeDelta(still, 1).every((count) => count === 0)).toBe(true);
});

test.each([
  [() => encodeDelta(Float64Array.of(0, 1), 0), /threshold is 0/u],
  [() => encodeDelta(Float64Array.of(0, 1), NaN), /threshold is NaN/u],
  [() => encodeDelta(Float64Array.of(0, 1, Infinity), 1), /sample 2 is Infinity/u],
  [() => encodeDelta(Float64Array.of(NaN, 1), 1), /sample 0 is NaN/u],
  [() => encodeDelta(Float64Array.of(0, 1), 1e-10), /sample 1 is 1, expected a number within 2\^30/u],
  [() => decodeDelta(Int32Array.of(1), 0, -1), /threshold is -1/u],
  [() => decodeDelta(Int32Array.of(1), Infinity, 1), /start is Infinity/u],
])('bad input %# is refused', (call, message) => {
  expect(call).toThrow(UsageError);
  expect(call).toThrow(message);
});
