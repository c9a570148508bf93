import { cellCount } from '../array/geometry.ts';
import { ScheduleError } from '../errors.ts';
import type { DriverGrid } from './driver-grid.ts';
import { EnduranceLedger } from './endurance-ledger.ts';
import { HalfSelectLedger } from './half-select-ledger.ts';
import { LimitLedger } from './limit-ledger.ts';
import type { SafeOperatingArea } from './safe-operating-area.ts';
import type { Schedule } from './schedule.ts';
import type { VictimTicks } from './victim-ticks.ts';

/** A schedule on its way to a certificate: what it is compared with, and the books kept so far. */
export interface Compilation {
  readonly schedule: Schedule;
  readonly soa: SafeOperatingArea;
  readonly driver: DriverGrid;
  readonly limits: LimitLedger;
  readonly endurance: EnduranceLedger;
  /** One per bin of the budget. */
  readonly halfSelect: readonly HalfSelectLedger[];
  /** Selections that were compared with the limits, and what they cost the other cells per bin. */
  readonly selections: Map<string, VictimTicks[]>;
}

/** The books take some 40 bytes a cell. */
const maxCells = 2 ** 24;

/**
 * Open the books for a schedule.
 *
 * @throws ScheduleError when the array is too large to keep books over each of its cells
 */
export function createCompilation(
  schedule: Schedule,
  soa: SafeOperatingArea,
  driver: DriverGrid,
): Compilation {
  const cells = cellCount(schedule.geometry);
  if (cells > maxCells) {
    throw new ScheduleError(
      'array-size',
      `schedule, geometry: found ${cells} cells, a certificate covers at most ${maxCells}`,
      { hint: 'Split the array into tiles, one schedule each.' },
    );
  }
  return {
    schedule,
    soa,
    driver,
    limits: new LimitLedger(soa, driver),
    endurance: new EnduranceLedger(cells),
    halfSelect: soa.halfSelect.map(() => new HalfSelectLedger(schedule.geometry)),
    selections: new Map(),
  };
}
