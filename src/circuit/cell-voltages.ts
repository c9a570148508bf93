import { createLineSweeps } from './create-line-sweeps.ts';
import { IterativeSolver } from './iterative-solver.ts';
import { type NodalSystem, withVolts } from './nodal-system.ts';
import { solveCircuit } from './solve-circuit.ts';

/** Finds the voltages over all cells of one circuit again and again, for other voltages of its lines. */
export class CellVoltages {
  readonly #system: NodalSystem;
  /** Null until a solution has shown that the circuit is one for the iteration. */
  #solver: IterativeSolver | null = null;

  /** @param system - driven at the left and at the bottom */
  constructor(system: NodalSystem) {
    this.#system = system;
  }

  /**
   * @param lineVolts - of the sources, word lines first, [wordLines + bitLines]
   * @returns [wordLines x bitLines], volt
   */
  of(lineVolts: Float64Array): Float64Array {
    const { wordLines } = this.#system.geometry;
    const volts = { wordLeft: lineVolts.slice(0, wordLines), bitBottom: lineVolts.slice(wordLines) };
    if (this.#solver !== null) {
      this.#solver.setVolts(volts);
      this.#solver.solve();
      const cellVolts = new Float64Array(this.#system.conductances.length);
      this.#solver.readCellVolts(cellVolts);
      return cellVolts;
    }
    const { wordNodeVolts, bitNodeVolts, method } = solveCircuit(withVolts(this.#system, volts));
    if (method === 'iterative') {
      this.#solver = new IterativeSolver(this.#system, createLineSweeps(this.#system));
    }
    return wordNodeVolts.map((word, cell) => word - bitNodeVolts[cell]!);
  }

  /** What one line alone puts over every cell: it has 1 V, all others 0 V. */
  ofLine(line: number): Float64Array {
    const { wordLines, bitLines } = this.#system.geometry;
    const volts = new Float64Array(wordLines + bitLines);
    volts[line] = 1;
    return this.of(volts);
  }
}
