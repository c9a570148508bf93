import { UsageError } from '../errors.ts';
import type { RandomStream } from '../random.ts';
import { cellCount, type Geometry } from './geometry.ts';

/**
 * Multiply word-line voltages with a conductance matrix: I = G^T V, the currents out of bit lines at virtual
 * ground, for linear cells and wires without resistance.
 *
 * @param conductances - [wordLines x bitLines], siemens
 * @param wordVolts - [batch x wordLines], volt
 * @returns [batch x bitLines], ampere
 * @throws UsageError when a length does not fit the geometry
 * @example
 * bitLineCurrents(Float64Array.of(1e-6, 2e-6), Float64Array.of(0.5), createGeometry(1, 2)); // the currents 5e-7 A and 1e-6 A
 */
export function bitLineCurrents(
  conductances: Float64Array,
  wordVolts: Float64Array,
  geometry: Geometry,
): Float64Array {
  const batch = batchSize(conductances, wordVolts, geometry);
  const currents = new Float64Array(batch * geometry.bitLines);
  for (let row = 0; row < batch; row++) {
    addRow(conductances, wordVolts, geometry, row, currents);
  }
  return currents;
}

/** Read noise of a whole product. */
export interface ProductNoise {
  /** Relative standard deviation of each cell's conductance, independent from cell to cell and row to row. */
  readonly relative: number;
  /** Keyed by bit line and event. */
  readonly stream: RandomStream;
  /** Event of the first row of the batch; the rows count on from it. */
  readonly event: number;
}

/**
 * Multiply as {@link bitLineCurrents} does, with independent Gaussian read noise of every cell. The sum of the
 * cells' noise is itself Gaussian, so one draw per output with the exact variance s^2 sum_i (V_i G_ij)^2 has
 * the distribution of a draw per cell.
 *
 * @param conductances - [wordLines x bitLines], siemens
 * @param wordVolts - [batch x wordLines], volt
 * @returns [batch x bitLines], ampere
 * @throws UsageError when a length does not fit the geometry
 * @example
 * const noise = { relative: 0, stream: new RandomStream(1, 'read-noise'), event: 0 };
 * noisyBitLineCurrents(Float64Array.of(1e-6), Float64Array.of(0.5), createGeometry(1, 1), noise); // [5e-7]
 */
export function noisyBitLineCurrents(
  conductances: Float64Array,
  wordVolts: Float64Array,
  geometry: Geometry,
  noise: ProductNoise,
): Float64Array {
  const currents = bitLineCurrents(conductances, wordVolts, geometry);
  if (noise.relative === 0) {
    return currents;
  }
  const { bitLines } = geometry;
  const squares = new Float64Array(bitLines);
  for (let row = 0; row * bitLines < currents.length; row++) {
    sumOfSquares(conductances, wordVolts, geometry, row, squares);
    for (let bit = 0; bit < bitLines; bit++) {
      const deviation = noise.relative * Math.sqrt(squares[bit]!);
      currents[row * bitLines + bit]! += deviation * noise.stream.normal(bit, noise.event + row);
    }
  }
  return currents;
}

function addRow(
  conductances: Float64Array,
  wordVolts: Float64Array,
  geometry: Geometry,
  row: number,
  currents: Float64Array,
): void {
  const { wordLines, bitLines } = geometry;
  const out = row * bitLines;
  for (let word = 0; word < wordLines; word++) {
    const volts = wordVolts[row * wordLines + word]!;
    const first = word * bitLines;
    for (let bit = 0; bit < bitLines; bit++) {
      currents[out + bit]! += volts * conductances[first + bit]!;
    }
  }
}

function sumOfSquares(
  conductances: Float64Array,
  wordVolts: Float64Array,
  geometry: Geometry,
  row: number,
  squares: Float64Array,
): void {
  const { wordLines, bitLines } = geometry;
  squares.fill(0);
  for (let word = 0; word < wordLines; word++) {
    const volts = wordVolts[row * wordLines + word]!;
    const first = word * bitLines;
    for (let bit = 0; bit < bitLines; bit++) {
      const amperes = volts * conductances[first + bit]!;
      squares[bit]! += amperes * amperes;
    }
  }
}

function batchSize(conductances: Float64Array, wordVolts: Float64Array, geometry: Geometry): number {
  const { wordLines, bitLines } = geometry;
  if (conductances.length !== cellCount(geometry)) {
    throw new UsageError(
      'conductance-shape',
      `vector-matrix product: found ${conductances.length} conductances, expected ${wordLines} x ${bitLines}`,
    );
  }
  if (wordVolts.length % wordLines !== 0) {
    throw new UsageError(
      'voltage-shape',
      `vector-matrix product: found ${wordVolts.length} voltages, expected a multiple of ${wordLines} word lines`,
    );
  }
  return wordVolts.length / wordLines;
}
