import { expect, test } from 'vitest';
import { philox, RandomStream } from '../../src/random.ts';

// Known-answer vectors published with the Random123 library (kat_vectors, philox4x32 10 rounds).
const knownAnswers = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    block: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    block: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    block: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
] as const;

test.each(knownAnswers)('Philox4x32-10 answers the published vector $block', ({ counter, key, block }) => {
  const out = new Uint32Array(4);
  const [c0, c1, c2, c3] = counter;
  const [k0, k1] = key;
  philox(out, c0, c1, c2, c3, k0, k1);
  expect([...out]).toEqual([...block]);
});

test('a draw depends on seed, stream, cell, event and index, and on nothing else', () => {
  const stream = new RandomStream(7, 'read-noise');
  const value = stream.normal(3, 12);
  stream.normal(900, 1);
  stream.uniform(3, 12);
  expect(stream.normal(3, 12)).toBe(value);
  const others = [
    new RandomStream(8, 'read-noise').normal(3, 12),
    new RandomStream(7 + 2 ** 32, 'read-noise').normal(3, 12),
    new RandomStream(7, 'cycle-to-cycle').normal(3, 12),
    stream.normal(4, 12),
    stream.normal(3, 13),
    stream.normal(3, 12 + 2 ** 32),
    stream.normal(3, 12, 1),
  ];
  expect(new Set([value, ...others]).size).toBe(others.length + 1);
});

test('uniform and normal draws have the moments of their distributions', () => {
  const count = 100_000;
  const stream = new RandomStream(1, 'moments');
  const sums = { uniform: 0, uniformSquare: 0, normal: 0, square: 0, fourth: 0 };
  for (let cell = 0; cell < count; cell++) {
    const u = stream.uniform(cell, 0);
    const n = stream.normal(cell, 1);
    sums.uniform += u;
    sums.uniformSquare += (u - 0.5) ** 2;
    sums.normal += n;
    sums.square += n ** 2;
    sums.fourth += n ** 4;
  }
  const standardErrors = (variance: number) => 4 * Math.sqrt(variance / count);
  expect(Math.abs(sums.uniform / count - 1 / 2)).toBeLessThan(standardErrors(1 / 12));
  expect(Math.abs(sums.uniformSquare / count - 1 / 12)).toBeLessThan(standardErrors(1 / 180));
  expect(Math.abs(sums.normal / count)).toBeLessThan(standardErrors(1));
  expect(Math.abs(sums.square / count - 1)).toBeLessThan(standardErrors(2));
  expect(Math.abs(sums.fourth / count - 3)).toBeLessThan(standardErrors(96));
});

test('uniform draws stay inside the open interval', () => {
  const stream = new RandomStream(2 ** 53 - 1, 'edge');
  for (let cell = 0; cell < 10_000; cell++) {
    const value = stream.uniform(cell, cell * 977);
    expect(value > 0 && value < 1).toBe(true);
  }
});

test.each([-1, 1.5, Number.NaN, 2 ** 53])('seed %s is refused', (seed) => {
  expect(() => new RandomStream(seed, 'x')).toThrow(/seed: found .* expected an integer from 0/);
});
