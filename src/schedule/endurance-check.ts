import { cellAt, type Geometry } from '../array/geometry.ts';
import type { EnduranceLedger, Tally } from './endurance-ledger.ts';
import type { LimitLedger } from './limit-ledger.ts';

/**
 * Compare the cells that have had most with the endurance limits. Counts only grow, so the highest after each
 * operation is enough.
 *
 * @param what - which counts the operation added to
 * @throws ScheduleError naming the cell
 */
export function checkEndurance(
  operation: number,
  what: { readonly pulses: boolean; readonly reads: boolean },
  geometry: Geometry,
  endurance: EnduranceLedger,
  limits: LimitLedger,
): void {
  const check = (limit: string, { index, count }: Tally): void => {
    if (count > 0) {
      limits.check(limit, count, { operation, cell: cellAt(geometry, index) });
    }
  };
  if (what.pulses) {
    check('endurance.pulsesPerCell', endurance.mostPulses());
    check('endurance.cyclesPerCell', endurance.mostCycles());
  }
  if (what.reads) {
    check('endurance.readsPerCell', endurance.mostReads());
  }
}
