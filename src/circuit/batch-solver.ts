import { UsageError } from '../errors.ts';
import { createLineSweeps } from './create-line-sweeps.ts';
import { requireConductances } from './circuit.ts';
import { IterativeSolver } from './iterative-solver.ts';
import { type LineEnd, lineEnds } from './line-ends.ts';
import { type NodalSystem, sideOf } from './nodal-system.ts';
import { createTransferMatrix, type TransferMatrix, transferBetween } from './transfer-matrix.ts';
import { type CellChange, updateTransferMatrix } from './transfer-update.ts';

/**
 * Number of solutions that cost as much as a transfer matrix: 15 to 23 from 128 to 512 lines, by measurement. A switch at
 * this number costs at most twice what one would pay who knew how many vectors come.
 */
const breakEven = 16;
/** Changed cells up to which an update beats building the transfer matrix anew. */
const fewChanges = 8;

/**
 * The exact currents at one side of a resistive array for many vectors of voltages at another: solved one by one at
 * first, by the transfer matrix once as many have been asked for as it costs. The other sources keep their voltages.
 *
 * @example
 * const geometry = createGeometry(2, 2);
 * const wires = { wordSegmentResistance: 1, bitSegmentResistance: 1 };
 * const circuit = createCircuit({ geometry, conductances: new Float64Array(4).fill(1e-4), ...wires });
 * const open = { wordRight: null, bitTop: null };
 * const grounded = { volts: [0, 0], seriesResistance: 0 };
 * const system = connectSources(circuit, { ...open, wordLeft: grounded, bitBottom: grounded });
 * const solver = new BatchSolver(system, 'wordLeft', 'bitBottom');
 * solver.currents(Float64Array.of(0.2, 0, 0, 0.2)).length; // 4
 */
export class BatchSolver {
  readonly #from: LineEnd;
  readonly #to: LineEnd;
  #system: NodalSystem;
  #iterative: IterativeSolver | null = null;
  #transfer: TransferMatrix | null = null;
  /** Part of the transfer matrix between the two sides, and what the other sources add. */
  #product: { readonly matrix: Float64Array; readonly offset: Float64Array } | null = null;
  #vectors = 0;

  constructor(system: NodalSystem, from: LineEnd, to: LineEnd) {
    this.#system = system;
    this.#from = from;
    this.#to = to;
  }

  /** Whether further vectors are products with the transfer matrix. */
  get isTransferred(): boolean {
    return this.#transfer !== null;
  }

  /**
   * Take new conductances. After a few changed cells the transfer matrix is updated, after more it is dropped.
   *
   * @param conductances - [wordLines x bitLines], siemens
   * @throws UsageError for a matrix that does not describe cells
   */
  setConductances(conductances: Float64Array): void {
    requireConductances(this.#system.geometry, conductances);
    const changes: CellChange[] = [];
    conductances.forEach((conductance, index) => {
      if (conductance !== this.#system.conductances[index] && changes.length <= fewChanges) {
        changes.push({ index, conductance });
      }
    });
    if (changes.length === 0) {
      return;
    }
    this.#transfer =
      this.#transfer === null || changes.length > fewChanges
        ? null
        : updateTransferMatrix(this.#transfer, this.#system, changes);
    this.#product = null;
    this.#vectors = 0;
    this.#system = { ...this.#system, conductances: conductances.slice() };
    this.#iterative?.setConductances(conductances);
  }

  /**
   * Find the currents for a batch of voltages.
   *
   * @param volts - [batch x lines of the driven side], volt
   * @returns [batch x lines of the sensed side], ampere, out of the array
   * @throws UsageError when the length is no multiple of the number of lines
   */
  currents(volts: Float64Array): Float64Array {
    const inputs = sideOf(this.#system, this.#from).volts.length;
    const outputs = sideOf(this.#system, this.#to).volts.length;
    if (volts.length % inputs !== 0) {
      throw new UsageError(
        'voltage-shape',
        `circuit: found ${volts.length} voltages, expected a multiple of ${inputs} lines`,
      );
    }
    const batch = volts.length / inputs;
    this.#vectors += batch;
    if (this.#transfer === null && this.#vectors >= breakEven) {
      this.#transfer = createTransferMatrix(this.#system);
    }
    const currents = new Float64Array(batch * outputs);
    for (let row = 0; row < batch; row++) {
      const input = volts.subarray(row * inputs, (row + 1) * inputs);
      const output = currents.subarray(row * outputs, (row + 1) * outputs);
      if (this.#transfer === null) {
        output.set(this.#solve(input));
      } else {
        this.#multiply(this.#transfer, input, output);
      }
    }
    return currents;
  }

  #solve(input: Float64Array): Float64Array {
    this.#iterative ??= new IterativeSolver(this.#system, createLineSweeps(this.#system));
    const volts = Object.fromEntries(lineEnds.map((end) => [end, sideOf(this.#system, end).volts]));
    this.#iterative.setVolts({ ...volts, [this.#from]: input });
    this.#iterative.solve();
    return this.#iterative.currentsInto(this.#to);
  }

  #multiply(transfer: TransferMatrix, input: Float64Array, output: Float64Array): void {
    this.#product ??= {
      matrix: transferBetween(transfer, this.#from, this.#to, this.#system),
      offset: this.#currentsOfOthers(transfer),
    };
    const { matrix, offset } = this.#product;
    output.set(offset);
    for (let line = 0, at = 0; line < input.length; line++) {
      const volts = input[line]!;
      for (let out = 0; out < output.length; out++, at++) {
        output[out]! += volts * matrix[at]!;
      }
    }
  }

  #currentsOfOthers({ ends, admittance }: TransferMatrix): Float64Array {
    const currents = new Float64Array(sideOf(this.#system, this.#to).volts.length);
    ends.forEach((source, row) => {
      const volts = source.end === this.#from ? 0 : sideOf(this.#system, source.end).volts[source.line]!;
      ends.forEach((sink, column) => {
        if (sink.end === this.#to) {
          currents[sink.line]! -= volts * admittance[row * ends.length + column]!;
        }
      });
    });
    return currents;
  }
}
