import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asyncLawOf, countingLawOf, lawOf, requireThat } from '../../src/laws/law.ts';

const volts = fc.record({ volts: fc.integer({ min: 0, max: 1000 }) });

function belowTen(found: number): void {
  requireThat(found < 10, () => `found ${found} V, expected less than 10 V`);
}

test('a broken law names the smallest counterexample, the seed, the path and what was found', () => {
  const law = lawOf('below 10 V', volts, ({ volts: found }) => belowTen(found));
  let message = '';
  try {
    void law.check({ seed: 42 });
  } catch (error) {
    message = String(error);
  }
  expect(message).toMatch(/seed: 42, path: "[\d:]+"/u);
  expect(message).toContain('Counterexample: [{"volts":10}]');
  expect(message).toContain('found 10 V, expected less than 10 V');
});

test('a broken law that answers later is rejected in the same words', async () => {
  const law = asyncLawOf('below 10 V', volts, async ({ volts: found }) => belowTen(found));
  await expect(law.check({ seed: 42 })).rejects.toThrow('Counterexample: [{"volts":10}]');
});

test('the same seed tries the same cases, as many as asked for', () => {
  const seen: number[][] = [[], [], []];
  const lawInto = (list: number[]) => lawOf('any', volts, ({ volts: found }) => void list.push(found));
  void lawInto(seen[0]!).check({ seed: 5, numRuns: 37 });
  void lawInto(seen[1]!).check({ seed: 5, numRuns: 37 });
  void lawInto(seen[2]!).check({ seed: 6, numRuns: 37 });
  expect(seen[0]).toHaveLength(37);
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).not.toEqual(seen[0]);
});

test('a law that speaks of too few cases has not been tried', () => {
  const law = countingLawOf('of few', volts, 0.5, ({ volts: found }) => found > 990);
  expect(() => law.check({ seed: 1, numRuns: 100 })).toThrow(
    /^of few: \d+ of 100 cases put it to the test \(seed 1\), expected 50 or more/u,
  );
});

test.each([
  [{ numRuns: 0 }, 'law: found numRuns 0, expected an integer of 1 or more'],
  [{ numRuns: 1.5 }, 'law: found numRuns 1.5'],
  [{ seed: Number.NaN }, 'law: found seed NaN, expected an integer'],
])('settings %j are refused', (settings, message) => {
  const law = lawOf('any', volts, () => {});
  expect(() => law.check(settings)).toThrow(message);
});
