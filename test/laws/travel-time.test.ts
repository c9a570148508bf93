import fc from 'fast-check';
import { expect, test } from 'vitest';
import { travelSeconds } from '../../src/laws/travel-time.ts';
import { seed } from './seed.ts';

const options = { limit: 1e30, distance: 1e-9 };
const inside = fc.double({ min: 1e-5, max: 1, noNaN: true });

/** Speeds with the time from a to b in closed form, a > b > 0. */
const decays = {
  constant: { rate: () => -3, seconds: (a: number, b: number) => (a - b) / 3 },
  exponential: { rate: (x: number) => -2 * x, seconds: (a: number, b: number) => Math.log(a / b) / 2 },
  quadratic: { rate: (x: number) => -5 * x * x, seconds: (a: number, b: number) => (1 / b - 1 / a) / 5 },
  'with a window': {
    rate: (x: number) => -x * (2 - x),
    seconds: (a: number, b: number) => (Math.log(a / (2 - a)) - Math.log(b / (2 - b))) / 2,
  },
  'log-sum-exp': {
    rate: (x: number) => 1 - Math.exp(20 * x),
    seconds: (a: number, b: number) =>
      Math.log1p((Math.exp(-20 * b) * -Math.expm1(-20 * (a - b))) / -Math.expm1(-20 * b)) / 20,
  },
} as const;

test.each(Object.entries(decays))('the time of a decay that is %s', (_name, { rate, seconds }) => {
  fc.assert(
    fc.property(inside, inside, (one, other) => {
      const [a, b] = [Math.max(one, other), Math.min(one, other)];
      fc.pre(a - b > 1e-6);
      expect(travelSeconds(rate, a, b, options) / seconds(a, b)).toBeCloseTo(1, 9);
    }),
    { seed },
  );
});

test('a state that rises takes as long as its mirror image that falls', () => {
  const falling = travelSeconds((x) => -x * x, 1, 0.25, options);
  const rising = travelSeconds((x) => (1 - x) * (1 - x), 0, 0.75, options);
  expect(falling).toBeCloseTo(3, 9);
  expect(rising).toBeCloseTo(3, 9);
});

test('a state that rests on the way, or turns, never arrives', () => {
  expect(travelSeconds((x) => Math.min(x - 0.5, 0), 0.2, 0.9, options)).toBe(Infinity);
  expect(travelSeconds((x) => -Math.max(x - 0.5, 0), 0.9, 0.2, options)).toBe(Infinity);
  expect(travelSeconds(() => 1, 1, 0, options)).toBe(Infinity);
});

test('a journey longer than the limit is not followed to its end', () => {
  let calls = 0;
  const rate = (x: number): number => {
    calls++;
    return -1e-9 * x * x;
  };
  expect(travelSeconds(rate, 1, 1e-5, { limit: 1e-3, distance: 1e-9 })).toBeGreaterThan(1e-3);
  expect(calls).toBeLessThan(100);
});

test('a rate that cannot be integrated is an error, not a loop', () => {
  const rate = (x: number): number => 1.5 + Math.sin(1e15 * x * x);
  expect(() => travelSeconds(rate, 0, 1, options)).toThrow(/not found within \d+ panels/u);
});
