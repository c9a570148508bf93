import { UsageError } from '../errors.ts';
import { loadKernel } from '../kernels/load-kernel.ts';
import { terminalsOf } from './branches.ts';
import { isWordEnd, type LineEnd } from './line-ends.ts';
import { type LineSet, linkResistance } from './line-set.ts';
import { type NodalSystem, sideOf, withVolts } from './nodal-system.ts';
import { solveCircuit } from './solve-circuit.ts';

/** Exports of src/kernels/transfer-f64.as.ts. */
interface TransferKernel {
  admittance(wordLines: number, bitLines: number, base: number): number;
}

/** One driven end of one line. */
export interface DrivenEnd {
  readonly end: LineEnd;
  readonly line: number;
}

/** Currents of a linear circuit as a function of the voltages of its sources alone: I = Y V. */
export interface TransferMatrix {
  /** The sources, in the order wordLeft, wordRight, bitTop, bitBottom, each by line. */
  readonly ends: readonly DrivenEnd[];
  /** Y, [ends x ends], siemens: current out of a source into the array for each voltage. Symmetric. */
  readonly admittance: Float64Array;
}

/** Beyond the static data of the kernel. */
const base = 8192;
const largestBytes = 2 ** 32;

/**
 * Find the exact transfer matrix of a circuit: by dissection where every segment has a resistance, else source by
 * source. It costs as much as some 16 solutions, and takes every further one down to a product.
 *
 * @throws UsageError saying how much memory it would need
 * @example
 * const { ends, admittance } = createTransferMatrix(system);
 */
export function createTransferMatrix(system: NodalSystem): TransferMatrix {
  const ends = terminalsOf(system).map(({ end, line }) => ({ end, line }));
  return { ends, admittance: dissect(system, ends.length) ?? sourceBySource(system, ends) };
}

/**
 * The part of a transfer matrix between two sides: current into the sources at `to` for each volt at `from`, as a
 * conductance matrix with a row for each line of `from`, ready for a vector-matrix product.
 *
 * @returns siemens, [lines of from x lines of to]; 0 where an end floats
 */
export function transferBetween(
  { ends, admittance }: TransferMatrix,
  from: LineEnd,
  to: LineEnd,
  { geometry }: NodalSystem,
): Float64Array {
  const count = (end: LineEnd) => (isWordEnd(end) ? geometry.wordLines : geometry.bitLines);
  const columns = count(to);
  const matrix = new Float64Array(count(from) * columns);
  ends.forEach((source, row) => {
    if (source.end === from) {
      ends.forEach((sink, column) => {
        if (sink.end === to) {
          matrix[source.line * columns + sink.line] = -admittance[row * ends.length + column]!;
        }
      });
    }
  });
  return matrix;
}

/** Undefined where a link has no resistance, or the kernel was not built. */
function dissect(system: NodalSystem, ends: number): Float64Array | undefined {
  const { conductances, words, bits } = system;
  const wordLinks = linkSiemens(words, (line, link) => line * (words.cells + 1) + link);
  const bitLinks = linkSiemens(bits, (line, link) => link * bits.lines + line);
  const inputs = [conductances, wordLinks, bitLinks];
  if (inputs.some((values) => values.includes(Infinity))) {
    return undefined;
  }
  requireMemory(system);
  const bytes = inputs.reduce((sum, { length }) => sum + 8 * length, base);
  const kernel = loadKernel<TransferKernel>('transfer-f64', bytes);
  if (kernel === undefined) {
    return undefined;
  }
  let place = base;
  for (const values of inputs) {
    new Float64Array(kernel.memory.buffer, place, values.length).set(values);
    place += 8 * values.length;
  }
  const result = kernel.exports.admittance(words.lines, bits.lines, base);
  return new Float64Array(kernel.memory.buffer, result, ends * ends).slice();
}

function linkSiemens(set: LineSet, index: (line: number, link: number) => number): Float64Array {
  const siemens = new Float64Array(set.lines * (set.cells + 1));
  for (let line = 0; line < set.lines; line++) {
    for (let link = 0; link <= set.cells; link++) {
      siemens[index(line, link)] = 1 / linkResistance(set, line, link);
    }
  }
  return siemens;
}

/** The largest blocks have ports on all four sides: what they and their merged matrix take, from measurement. */
function requireMemory({ words, bits }: NodalSystem): void {
  const rim = 2 * (words.lines + bits.lines);
  const bytes = 8 * 2.2 * rim * rim;
  if (bytes > largestBytes) {
    const gibibytes = (bytes / 2 ** 30).toFixed(1);
    throw new UsageError(
      'memory',
      `transfer matrix: ${words.lines} x ${bits.lines} cells need ${gibibytes} GiB, allowed 4 GiB`,
      { details: { bytes, allowed: largestBytes } },
    );
  }
}

function sourceBySource(system: NodalSystem, ends: readonly DrivenEnd[]): Float64Array {
  const admittance = new Float64Array(ends.length ** 2);
  ends.forEach(({ end, line }, row) => {
    const volts = new Float64Array(sideOf(system, end).volts.length);
    volts[line] = 1;
    const { currentIntoEnd } = solveCircuit(withVolts(system, { [end]: volts }));
    ends.forEach((sink, column) => {
      admittance[row * ends.length + column] = -currentIntoEnd[sink.end]![sink.line]!;
    });
  });
  return admittance;
}
