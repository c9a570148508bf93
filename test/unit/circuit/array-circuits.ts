/** Arrays of some size for tests, drawn from a seed. */
import { createCircuit } from '../../../src/circuit/circuit.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { type LineEnd, lineEnds } from '../../../src/circuit/line-ends.ts';
import { connectSources, type NodalSystem } from '../../../src/circuit/nodal-system.ts';
import { RandomStream } from '../../../src/random.ts';

export interface ArrayChoice {
  readonly wordLines: number;
  readonly bitLines: number;
  readonly seed?: number;
  /** Sides that are driven; word lines from the left and bit lines at the bottom if left out. */
  readonly driven?: readonly LineEnd[];
  /** Whether every third line of each side floats. */
  readonly mixed?: boolean;
  readonly wordOhms?: number;
  readonly bitOhms?: number;
  readonly perSegment?: boolean;
  readonly seriesOhms?: number;
  /** Exponents of ten of the smallest and the largest conductance. */
  readonly exponents?: readonly [number, number];
  /** Part of the cells that are open. */
  readonly open?: number;
}

/** Log-uniform devices, sources between -0.5 V and 0.5 V, bit lines of the usual sides at 0 V. */
export function drawArray(choice: ArrayChoice): NodalSystem {
  const { wordLines, bitLines, seed = 1, driven = ['wordLeft', 'bitBottom'], mixed = false } = choice;
  const { wordOhms = 1, bitOhms = 1, exponents = [-6, -3], open = 0, seriesOhms = 0 } = choice;
  const draws = new RandomStream(seed, 'array');
  const [low, high] = exponents;
  const conductances = Float64Array.from({ length: wordLines * bitLines }, (_, cell) =>
    draws.uniform(cell, 1) < open ? 0 : 10 ** (low + (high - low) * draws.uniform(cell, 0)),
  );
  const segments = (ohms: number, lines: number, links: number, stream: number) =>
    choice.perSegment === true
      ? Float64Array.from({ length: lines * links }, (_, k) => ohms * (0.5 + draws.uniform(k, stream)))
      : ohms;
  const circuit = createCircuit({
    geometry: createGeometry(wordLines, bitLines),
    conductances,
    wordSegmentResistance: segments(wordOhms, wordLines, bitLines + 1, 2),
    bitSegmentResistance: segments(bitOhms, bitLines, wordLines + 1, 3),
  });
  const side = (end: LineEnd) => {
    if (!driven.includes(end)) {
      return null;
    }
    const place = lineEnds.indexOf(end);
    const isWord = place < 2;
    const volts = Array.from({ length: isWord ? wordLines : bitLines }, (_, line) => {
      if (mixed && (line + place) % 3 === 0) {
        return null;
      }
      return isWord || driven.length > 2 ? draws.uniform(line, 10 + place) - 0.5 : 0;
    });
    return { volts, seriesResistance: seriesOhms };
  };
  return connectSources(circuit, {
    wordLeft: side('wordLeft'),
    wordRight: side('wordRight'),
    bitTop: side('bitTop'),
    bitBottom: side('bitBottom'),
  });
}
