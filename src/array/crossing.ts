import type { Volts } from '../units.ts';
import type { Cross } from './cross.ts';
import type { CellLoads } from './line-network.ts';
import { slopeOf } from './load-curves.ts';
import type { SelectedFrame } from './selected-frame.ts';

/**
 * The two lines of a selected cell as chains of non-linear cells. Beyond a cell lies the line that it crosses there: the
 * resistance from the crossing to its sources, for what the cell takes beyond the base.
 */
export interface Crossing {
  /** In the order of the cross: of the line that a cell lies on beside the selected one; 0 for the selected cell. */
  readonly ohms: Float64Array;
  /** Take the lines that the cross now has. */
  select(): void;
  /**
   * Move the tangents of a frame to the voltages that solve the two lines, by Newton's method.
   *
   * @param scale - of the base
   * @param enough - bound of the result at which to end
   * @returns a bound on the voltages that are still missing; NaN or infinite where a cell has no current
   */
  solve(frame: SelectedFrame, scale: number, enough: Volts): Volts;
}

/** Fill in the currents of the cells of a cross. */
export function evaluateCross(
  cells: CellLoads,
  { indices }: Cross,
  volts: Float64Array,
  currents: Float64Array,
): void {
  for (let k = 0; k < indices.length; k++) {
    currents[k] = cells.current(indices[k]!, volts[k]!);
  }
}

/** Fill in the slopes at the voltages and currents of a frame; where a current falls with the voltage, its chord. */
export function enterSlopes(
  cells: CellLoads,
  { indices }: Cross,
  { volts, currents, slopes }: SelectedFrame,
): void {
  for (let k = 0; k < indices.length; k++) {
    const slope = slopeOf(cells, indices[k]!, volts[k]!, currents[k]!);
    slopes[k] = slope >= 0 ? slope : Math.max(currents[k]! / volts[k]!, 0) || 0;
  }
}
