import type { Circuit } from './circuit.ts';
import type { Geometry } from '../array/geometry.ts';
import type { Drive, LineEnd } from './line-ends.ts';
import { createLineSide, type LineSet, type LineSide } from './line-set.ts';
import { requireSources } from './source-paths.ts';

/**
 * A circuit with its sources: cell (i, j) joins node j of word line i with node i of bit line j.
 * Current is positive from word line to bit line.
 */
export interface NodalSystem {
  readonly geometry: Geometry;
  /** [wordLines x bitLines], siemens. */
  readonly conductances: Float64Array;
  readonly words: LineSet;
  readonly bits: LineSet;
}

/**
 * Connect sources to a circuit.
 *
 * @throws UsageError for a drive that does not fit the circuit, without any source, or that leaves lines floating
 * @example
 * const circuit = createCircuit({
 *   geometry: createGeometry(1, 2),
 *   conductances: Float64Array.of(1e-6, 1e-4),
 *   wordSegmentResistance: 1,
 *   bitSegmentResistance: 1,
 * });
 * const open = { wordRight: null, bitTop: null };
 * connectSources(circuit, {
 *   ...open,
 *   wordLeft: { volts: [0.2], seriesResistance: 50 },
 *   bitBottom: { volts: [0, 0], seriesResistance: 0 },
 * });
 */
export function connectSources(circuit: Circuit, drive: Drive): NodalSystem {
  const { geometry, conductances, wordSegments, bitSegments } = circuit;
  const { wordLines, bitLines } = geometry;
  const wordSide = (end: 'wordLeft' | 'wordRight') =>
    createLineSide(end, drive[end], wordSegments, wordLines, bitLines);
  const bitSide = (end: 'bitTop' | 'bitBottom') =>
    createLineSide(end, drive[end], bitSegments, bitLines, wordLines);
  const system: NodalSystem = {
    geometry,
    conductances,
    words: {
      lines: wordLines,
      cells: bitLines,
      segments: wordSegments,
      first: wordSide('wordLeft'),
      last: wordSide('wordRight'),
    },
    bits: {
      lines: bitLines,
      cells: wordLines,
      segments: bitSegments,
      first: bitSide('bitTop'),
      last: bitSide('bitBottom'),
    },
  };
  requireSources(circuit, system.words, system.bits);
  return system;
}

/** The same circuit with other voltages at its driven ends; sides that are left out are at 0 V. */
export function withVolts(
  system: NodalSystem,
  volts: Partial<Readonly<Record<LineEnd, Float64Array>>>,
): NodalSystem {
  const { words, bits } = system;
  const side = ({ resistance }: LineSide, given: Float64Array | undefined): LineSide => ({
    resistance,
    volts: given ?? new Float64Array(resistance.length),
  });
  return {
    ...system,
    words: { ...words, first: side(words.first, volts.wordLeft), last: side(words.last, volts.wordRight) },
    bits: { ...bits, first: side(bits.first, volts.bitTop), last: side(bits.last, volts.bitBottom) },
  };
}

/** Voltages at one side of a system. */
export function sideOf({ words, bits }: NodalSystem, end: LineEnd): LineSide {
  switch (end) {
    case 'wordLeft':
      return words.first;
    case 'wordRight':
      return words.last;
    case 'bitTop':
      return bits.first;
    case 'bitBottom':
      return bits.last;
  }
}
