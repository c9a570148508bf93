import type { Amperes, Ohms, Volts } from '../units.ts';
import type { BiasFrame } from './bias.ts';
import type { Geometry } from './geometry.ts';
import type { NodalSystem } from '../circuit/nodal-system.ts';

/** What the wires see of the cells: their current in the present state, as a function of voltage. */
export interface CellLoads {
  readonly geometry: Geometry;
  /** Current from word line to bit line through the cell at a row-major index. */
  current(index: number, volts: Volts): Amperes;
}

/** Voltages and currents of an array under one bias frame; the caller owns the arrays. */
export interface LineSolution {
  /** [wordLines x bitLines], word line above bit line, volt. */
  readonly cellVolts: Float64Array;
  /** [wordLines], into the array at the driven ends, ampere. */
  readonly wordCurrents: Float64Array;
  /** [bitLines], out of the array at the driven ends, ampere. */
  readonly bitCurrents: Float64Array;
}

/** The wires between the line drivers and the cells. */
export interface LineNetwork {
  readonly name: string;
  /** Whether every cell sees the difference of its two driven ends, whatever the cells are. */
  readonly ideal: boolean;
  /** Largest resistance between a cell and the sources at its lines. */
  readonly resistance: Ohms;
  /** Fill `out` with the solution for a frame and the present states of the cells. */
  solve(frame: BiasFrame, cells: CellLoads, out: LineSolution): void;
  /** The circuit around cells that are devices alone, for whoever knows the cells better. */
  readonly wiring?: Wiring;
}

/** Wires with resistance between every two cells. */
export interface Wiring {
  readonly system: NodalSystem;
  /** Error of the voltages over the largest of them. */
  readonly tolerance: number;
}

/** Wires without resistance, driven by sources without resistance. */
export const idealWires: LineNetwork = {
  name: 'ideal',
  ideal: true,
  resistance: 0,
  solve(frame, cells, out) {
    const { wordLines, bitLines } = cells.geometry;
    out.wordCurrents.fill(0);
    out.bitCurrents.fill(0);
    for (let word = 0; word < wordLines; word++) {
      for (let bit = 0; bit < bitLines; bit++) {
        const index = word * bitLines + bit;
        const volts = frame.wordVolts[word]! - frame.bitVolts[bit]!;
        const amperes = cells.current(index, volts);
        out.cellVolts[index] = volts;
        out.wordCurrents[word]! += amperes;
        out.bitCurrents[bit]! += amperes;
      }
    }
  },
};

/**
 * Allocate a solution for an array.
 *
 * @example
 * createLineSolution(createGeometry(2, 3)).cellVolts.length; // 6
 */
export function createLineSolution(geometry: Geometry): LineSolution {
  return {
    cellVolts: new Float64Array(geometry.wordLines * geometry.bitLines),
    wordCurrents: new Float64Array(geometry.wordLines),
    bitCurrents: new Float64Array(geometry.bitLines),
  };
}
