import { describe, expect, test } from 'vitest';
import { lineEnds } from '../../../src/circuit/line-ends.ts';
import { LineChain, nodeResistances } from '../../../src/circuit/line-chain.ts';
import { linkResistance, type LineSet } from '../../../src/circuit/line-set.ts';
import { drawArray } from './array-circuits.ts';

const one = { wordLines: 5, bitLines: 7, perSegment: true, seriesOhms: 12 } as const;
const sets: Record<string, LineSet> = {
  'driven at the first end': drawArray(one).words,
  'driven at the last end': drawArray(one).bits,
  'driven at both ends': drawArray({ ...one, driven: lineEnds }).words,
  'of one node': drawArray({ ...one, bitLines: 1 }).words,
};

/** Currents into the nodes that voltages at them ask for, by Kirchhoff's law. */
function feedsOf(set: LineSet, line: number, loads: Float64Array, volts: Float64Array): Float64Array {
  return volts.map((here, node) => {
    const before = (here - (volts[node - 1] ?? 0)) / linkResistance(set, line, node);
    const after = (here - (volts[node + 1] ?? 0)) / linkResistance(set, line, node + 1);
    return before + after + loads[node]! * here;
  });
}

describe.each(Object.keys(sets))('a line %s', (name) => {
  const set = sets[name]!;
  const line = set.lines - 1;
  const chain = new LineChain(set.cells);
  chain.enter(set, line);

  test('takes the voltages that Kirchhoff asks for', () => {
    const volts = Float64Array.from({ length: set.cells }, (_, node) => Math.cos(2 * node + 1));
    const loads = Float64Array.from({ length: set.cells }, (_, node) => 0.01 * (node + 1));
    const found = new Float64Array(set.cells);
    chain.factor(loads);
    chain.solve(feedsOf(set, line, loads, volts), found);
    found.forEach((value, node) => {
      expect(value).toBeCloseTo(volts[node]!, 12);
    });
  });

  test('shows every node the resistance that 1 A into it meets', () => {
    const resistances = nodeResistances(set);
    chain.factor(new Float64Array(set.cells));
    for (let node = 0; node < set.cells; node++) {
      const feeds = new Float64Array(set.cells);
      feeds[node] = 1;
      const volts = new Float64Array(set.cells);
      chain.solve(feeds, volts);
      expect(resistances[line * set.cells + node]! / volts[node]!).toBeCloseTo(1, 12);
    }
  });
});

test('a source without resistance holds its node', () => {
  const { bits } = drawArray({ wordLines: 1, bitLines: 2, bitOhms: 0 });
  expect([...nodeResistances(bits)]).toEqual([0, 0]);
});
