import * as fc from 'fast-check';
import { createCircuit } from '../../../src/circuit/circuit.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { type Drive, type EndDrive, type LineEnd, lineEnds } from '../../../src/circuit/line-ends.ts';
import type { NodalSolution } from '../../../src/circuit/nodal-solution.ts';
import { connectSources, type NodalSystem } from '../../../src/circuit/nodal-system.ts';
import { type PlainCircuit, type ReferenceSolution } from './dense-reference.ts';

/** What random circuits may hold; the ratios are the logarithms of the largest over the smallest resistance. */
export interface CircuitKind {
  readonly maxLines: number;
  /** Exponents of ten of the resistance of cells. */
  readonly cells: readonly [number, number];
  readonly segments: readonly [number, number];
  readonly zeroSegments?: boolean;
  readonly openCells?: boolean;
  readonly perSegment?: boolean;
}

function powers([min, max]: readonly [number, number]): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true }).map((exponent) => 10 ** exponent);
}

function matrix<Value>(rows: number, columns: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value[][]> {
  const row = fc.array(value, { minLength: columns, maxLength: columns });
  return fc.array(row, { minLength: rows, maxLength: rows });
}

function segments(kind: CircuitKind, lines: number, cells: number): fc.Arbitrary<number[][]> {
  const zeros = kind.zeroSegments === true;
  const one = fc.oneof(
    { weight: 3, arbitrary: powers(kind.segments) },
    { weight: zeros ? 2 : 0, arbitrary: fc.constant(0) },
  );
  const alike = one.map((ohms) =>
    Array.from({ length: lines }, () => Array.from({ length: cells + 1 }, () => ohms)),
  );
  return kind.perSegment === true ? fc.oneof(alike, matrix(lines, cells + 1, one)) : alike;
}

function endDrive(lines: number, kind: CircuitKind): fc.Arbitrary<EndDrive | null> {
  const volts = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -2000, max: 2000 }).map((millivolts) => millivolts / 1000) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  const series = fc.oneof(fc.constant(0), powers(kind.segments));
  return fc.option(
    fc.record({
      volts: fc.array(volts, { minLength: lines, maxLength: lines }),
      // A source on a segment of 0 ohm next to another would make a loop without resistance.
      seriesResistance: kind.zeroSegments === true ? powers(kind.segments) : series,
    }),
    { freq: 3 },
  );
}

/** Random circuits, some of which have a group of lines without a path to a source. */
export function plainCircuits(kind: CircuitKind): fc.Arbitrary<PlainCircuit> {
  const size = fc.integer({ min: 1, max: kind.maxLines });
  return fc.tuple(size, size).chain(([wordLines, bitLines]) => {
    const cell = fc.oneof(
      { weight: 4, arbitrary: powers(kind.cells) },
      { weight: kind.openCells === true ? 2 : 0, arbitrary: fc.constant(null) },
    );
    return fc.record({
      wordLines: fc.constant(wordLines),
      bitLines: fc.constant(bitLines),
      cellOhms: matrix(wordLines, bitLines, cell),
      wordSegments: segments(kind, wordLines, bitLines),
      bitSegments: segments(kind, bitLines, wordLines),
      drive: fc.record({
        wordLeft: endDrive(wordLines, kind),
        wordRight: endDrive(wordLines, kind),
        bitTop: endDrive(bitLines, kind),
        bitBottom: endDrive(bitLines, kind),
      }),
    });
  });
}

/** The circuit as the solvers take it. */
export function systemOf(plain: PlainCircuit, drive: Drive = plain.drive): NodalSystem {
  const { wordLines, bitLines, cellOhms, wordSegments, bitSegments } = plain;
  const circuit = createCircuit({
    geometry: createGeometry(wordLines, bitLines),
    conductances: Float64Array.from(cellOhms.flat(), (ohms) => (ohms === null ? 0 : 1 / ohms)),
    wordSegmentResistance: wordSegments,
    bitSegmentResistance: bitSegments,
  });
  return connectSources(circuit, drive);
}

/** Largest differences, over the largest voltage and the largest current of the circuit. */
export function deviation(
  found: NodalSolution,
  exact: ReferenceSolution,
): { volts: number; current: number } {
  const volts = Math.max(
    largestDifference(found.wordNodeVolts, exact.wordNodeVolts),
    largestDifference(found.bitNodeVolts, exact.bitNodeVolts),
  );
  const current = Math.max(
    ...lineEnds.map((end: LineEnd) =>
      largestDifference(found.currentIntoEnd[end] ?? [], exact.currentIntoEnd[end] ?? []),
    ),
  );
  // Where next to no current flows, it is measured against what a cell could take.
  const scale = Math.max(exact.largestCurrent, 1e-3 * exact.largestVolts * exact.largestSiemens);
  return { volts: volts / (exact.largestVolts || 1), current: current / (scale || 1) };
}

function largestDifference(found: Float64Array | readonly number[], exact: readonly number[]): number {
  return Math.max(0, ...exact.map((value, k) => Math.abs(value - (found.length === 0 ? 0 : found[k]!))));
}
