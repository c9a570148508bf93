import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lineEnds } from '../../../src/circuit/line-ends.ts';
import { parseNodalCase } from '../../../src/files/nodal-case.ts';
import { solveNodalCase } from '../../../src/files/solve-nodal-case.ts';

const drive = (...volts: (number | null)[]) => ({ volts, seriesResistance: 0 });

/** Two by two, from the left, sensed at the bottom. */
function plainCase() {
  return {
    wordLines: 2,
    bitLines: 2,
    wordSegmentResistance: 1 as unknown,
    bitSegmentResistance: 2 as unknown,
    deviceResistance: [
      [1e4, 2e4],
      [3e4, 4e4],
    ] as unknown,
    vectors: [{ ends: { wordLeft: drive(0.2, 0.1), bitBottom: drive(0, 0) } as Record<string, unknown> }],
  };
}

function solve(given: unknown) {
  return solveNodalCase(parseNodalCase(JSON.stringify(given), 'case.json'), 'case.json');
}

describe('a nodal case', () => {
  test('of one cell is a chain of resistors', () => {
    const { vectors } = solve({
      wordLines: 1,
      bitLines: 1,
      wordSegmentResistance: 10,
      bitSegmentResistance: 20,
      cellSeriesResistance: 500,
      deviceResistance: [[1000]],
      vectors: [{ ends: { wordLeft: { volts: [1], seriesResistance: 70 }, bitBottom: drive(0) } }],
    });
    const amperes = 1 / (10 + 70 + 1000 + 500 + 20);
    const [vector] = vectors;
    expect(vector?.currentIntoEnd.wordLeft?.[0]).toBeCloseTo(-amperes, 15);
    expect(vector?.currentIntoEnd.bitBottom?.[0]).toBeCloseTo(amperes, 15);
    expect(vector?.wordNodeVolts[0]?.[0]).toBeCloseTo(1 - 80 * amperes, 14);
    expect(vector?.bitNodeVolts[0]?.[0]).toBeCloseTo(20 * amperes, 14);
  });

  test('takes a null device as open, a null voltage as a floating end, and a side that is left out as open', () => {
    const given = plainCase();
    given.deviceResistance = [
      [1e4, null],
      [3e4, 4e4],
    ];
    given.vectors[0]!.ends = { wordLeft: drive(0.2, null), bitBottom: drive(0, 0) };
    const [vector] = solve(given).vectors;
    expect(vector?.currentIntoEnd).toMatchObject({ wordRight: null, bitTop: null });
    expect(vector?.currentIntoEnd.wordLeft?.[1]).toBe(0);
    // The floating word line passes on what little bit line 0 rises by.
    expect(vector?.currentIntoEnd.bitBottom?.[1]).toBeCloseTo(0, 7);
    expect(vector?.currentIntoEnd.bitBottom?.[1]).toBeGreaterThan(0);
  });

  test('of many cells without any resistance of the lines is a sum of products', () => {
    const lines = 24;
    const siemens = Array.from({ length: lines }, (_, i) =>
      Array.from({ length: lines }, (_cell, j) => 1e-6 * (1 + ((7 * i + 3 * j) % 11))),
    );
    const volts = Array.from({ length: lines }, (_, i) => 0.01 * i);
    const given = {
      wordLines: lines,
      bitLines: lines,
      wordSegmentResistance: 0,
      bitSegmentResistance: 0,
      deviceConductance: siemens,
      vectors: [{ ends: { wordLeft: drive(...volts), bitBottom: drive(...volts.map(() => 0)) } }],
    };
    const currents = solve(given).vectors[0]?.currentIntoEnd.bitBottom ?? [];
    currents.forEach((amperes, j) => {
      const exact = siemens.reduce((sum, row, i) => sum + volts[i]! * row[j]!, 0);
      expect(amperes / exact).toBeCloseTo(1, 12);
    });
    expect(currents).toHaveLength(lines);
  });

  const examples = join('examples', 'nodal');
  test.each(readdirSync(examples))('example %s balances', (name) => {
    const answer = solveNodalCase(parseNodalCase(readFileSync(join(examples, name), 'utf8'), name), name);
    expect(answer.vectors.length).toBeGreaterThan(0);
    for (const { currentIntoEnd, kclResidual } of answer.vectors) {
      const currents = lineEnds.flatMap((end) => currentIntoEnd[end] ?? []);
      const largest = Math.max(...currents.map(Math.abs));
      expect(Math.abs(currents.reduce((sum, amperes) => sum + amperes, 0))).toBeLessThan(1e-12 * largest);
      expect(kclResidual).toBeLessThan(1e-12 * largest);
    }
  });
});

type Case = ReturnType<typeof plainCase>;

const refusals: readonly (readonly [string, (given: Case) => void, RegExp])[] = [
  ['a negative segment', (c) => (c.wordSegmentResistance = -1), /wordSegmentResistance: found -1/u],
  [
    'a negative device',
    (c) =>
      (c.deviceResistance = [
        [1e4, -5],
        [3e4, 4e4],
      ]),
    /deviceResistance\[0\]\[1\]: found -5/u,
  ],
  [
    'NaN, which JSON writes as null',
    (c) => (c.bitSegmentResistance = NaN),
    /bitSegmentResistance: found null/u,
  ],
  [
    'a ragged matrix',
    (c) => (c.deviceResistance = [[1e4, 2e4], [3e4]]),
    /deviceResistance\[1\].* 1 entries.* 2/u,
  ],
  ['a row too few', (c) => (c.deviceResistance = [[1e4, 2e4]]), /deviceResistance.* 1 rows.* 2/u],
  [
    'ragged segments',
    (c) =>
      (c.wordSegmentResistance = [
        [1, 1, 1],
        [1, 1],
      ]),
    /word-line segments.* 2 in line 1/u,
  ],
  [
    'a voltage too many',
    (c) => (c.vectors[0]!.ends = { wordLeft: drive(1, 2, 3), bitBottom: drive(0, 0) }),
    /vectors\[0\].* wordLeft\.volts: found 3 values, expected 2/u,
  ],
  ['no source', (c) => (c.vectors[0]!.ends = {}), /vectors\[0\].* no end of any line is driven/u],
  [
    'only floating sources',
    (c) => (c.vectors[0]!.ends = { bitTop: drive(null, null) }),
    /no end of any line/u,
  ],
  [
    'a floating group',
    (c) => {
      c.deviceResistance = [
        [1e4, null],
        [null, 4e4],
      ];
      c.vectors[0]!.ends = { wordLeft: drive(0.2, null), bitBottom: drive(0, null) };
    },
    /word line 1 and bit line 1 have no path to a source/u,
  ],
  [
    'a zero-ohm device between two sources',
    (c) => {
      c.wordSegmentResistance = 0;
      c.bitSegmentResistance = 0;
      c.deviceResistance = [
        [1e4, 2e4],
        [3e4, 0],
      ];
    },
    /cell w1 b1 closes a path without resistance .*wordLeft of line 1 \(0\.1 V\).*bitBottom of line 1 \(0 V\)/u,
  ],
  [
    'two sources on one line without resistance',
    (c) => {
      c.wordSegmentResistance = 0;
      c.vectors[0]!.ends['wordRight'] = drive(0.2, 0.3);
    },
    /wordRight of line 1 closes a path/u,
  ],
  [
    'more cells than memory',
    (c) => {
      c.wordLines = 60_000;
      c.bitLines = 50_000;
    },
    /60000 x 50000 cells need 178\.8 GiB/u,
  ],
  [
    'conductances beside resistances',
    (c) =>
      Object.assign(c, {
        deviceConductance: [
          [1, 1],
          [1, 1],
        ],
      }),
    /found both/u,
  ],
  ['a misspelt key', (c) => Object.assign(c, { wordSegments: 1 }), /wordSegments: found the unknown key/u],
];

describe('a nodal case is refused for', () => {
  test.each(refusals)('%s', (_name, damage, message) => {
    const given = plainCase();
    damage(given);
    expect(() => solve(given)).toThrow(message);
    expect(() => solve(given)).toThrow(/case\.json/u);
  });

  test('a short in an array that is too large for elimination', () => {
    const lines = 40;
    const zeros = Array.from({ length: lines }, () => 0);
    const given = {
      wordLines: lines,
      bitLines: lines,
      wordSegmentResistance: 0,
      bitSegmentResistance: 1,
      deviceConductance: zeros.map(() => zeros.map(() => 1e-5)),
      vectors: [{ ends: { wordLeft: drive(...zeros), wordRight: drive(...zeros.slice(1), 0.5) } }],
    };
    expect(() => solve(given)).toThrow(/wordRight of line 39 closes a path/u);
  });

  test('text that is not JSON', () => {
    expect(() => parseNodalCase('{"wordLines": NaN}', 'case.json')).toThrow(/case\.json: .*not JSON/u);
  });
});
