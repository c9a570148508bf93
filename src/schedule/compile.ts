import { createCompilation } from './compilation.ts';
import { driverDigest, safeOperatingAreaDigest, scheduleDigest } from './digest.ts';
import type { DriverGrid } from './driver-grid.ts';
import { parseDriverGrid } from './driver-grid-schema.ts';
import { checkFrame } from './frame-check.ts';
import { checkHalfSelect } from './half-select-check.ts';
import { parseSchedule } from './parse-schedule.ts';
import type { Certificate, SafeOperatingArea } from './safe-operating-area.ts';
import { parseSafeOperatingArea } from './safe-operating-area-schema.ts';
import type { Schedule } from './schedule.ts';
import { checkSelecting } from './selection-check.ts';

/**
 * Compare a schedule with every static limit of a safe operating area, as the registers of a driver will hold it and
 * with the driver's error against it, and certify it. Copies are compared and digested, so what the caller changes
 * afterwards is not covered.
 *
 * A write-verify loop counts its worst case: every pulse of its envelope is compared, and each cell is charged with
 * all the pulses and reads that the envelope allows. Budgets are kept for every cell of the array; the time is linear
 * in selected cells and in cells of frames, the memory in cells.
 *
 * @returns the digests, and for each limit the worst value, its margin and its operation
 * @throws ScheduleError with `details` { operation, cell, limit, asked, allowed } at the first limit that is crossed
 * @throws ConfigError when the limits or the driver are not complete
 * @example
 * const { safeOperatingArea, driver } = await loadLab('examples/lab.yaml');
 * const pulse = { kind: 'pulse', cell: { word: 0, bit: 0 }, volts: 0.8, width: 1e-5, bias: 'half' } as const;
 * const schedule = createSchedule({ wordLines: 2, bitLines: 2 }, [pulse]);
 * certify(schedule, safeOperatingArea, driver).limits[0]?.worst; // 0.802 V: 0.8 V and the error of two outputs
 */
export function certify(
  schedule: Schedule,
  safeOperatingArea: SafeOperatingArea,
  driver: DriverGrid,
): Certificate {
  const run = createCompilation(
    parseSchedule(schedule),
    parseSafeOperatingArea(safeOperatingArea),
    parseDriverGrid(driver),
  );
  for (const [position, operation] of run.schedule.operations.entries()) {
    switch (operation.kind) {
      case 'wait':
        break;
      case 'frame':
        checkFrame(position, operation, run);
        break;
      case 'pulse':
      case 'read':
      case 'programVerify':
        checkSelecting(position, operation, run);
        break;
    }
  }
  checkHalfSelect(run);
  return {
    format: 'ohmloom-certificate',
    version: 1,
    scheduleDigest: scheduleDigest(run.schedule),
    safeOperatingAreaDigest: safeOperatingAreaDigest(run.soa),
    driverDigest: driverDigest(run.driver),
    limits: run.limits.margins(),
  };
}
