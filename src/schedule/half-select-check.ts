import type { Cell } from '../array/geometry.ts';
import type { Compilation } from './compilation.ts';
import { roundWidth } from './driver-grid.ts';
import { victimMagnitude } from './frame-stress.ts';
import type { FrameOperation } from './operation.ts';
import { checkActs, selectedCells } from './selection-check.ts';
import { reachesBin, shareOf, ticksOf } from './victim-ticks.ts';

/** Whether a total of this little more than its limit, relatively, is still at the limit. */
const slack = 1e-9;

/**
 * Compare the time that the worst victim of each bin suffered with the budget. The books hold sums only, so the walk
 * through the schedule is repeated for that one cell to name the operation that went over, or that came last.
 *
 * @throws ScheduleError naming the victim
 */
export function checkHalfSelect(run: Compilation): void {
  for (const [position, bin] of run.soa.halfSelect.entries()) {
    const { cell, ticks } = run.halfSelect[position]!.worst();
    if (ticks > 0) {
      const mostTicks = (bin.total / run.driver.stepWidth) * (1 + slack);
      const operation = decisiveOperation(run, position, cell, mostTicks);
      const seconds = ticks * run.driver.stepWidth;
      run.limits.check(`halfSelect[${position}].total`, seconds, { operation, cell });
    }
  }
}

/** The operation that brings a victim's time above a number of ticks; where none does, the last that adds to it. */
function decisiveOperation(run: Compilation, bin: number, victim: Cell, mostTicks: number): number {
  let total = 0;
  let last = 0;
  for (const position of run.schedule.operations.keys()) {
    const ticks = ticksOn(run, position, bin, victim);
    if (ticks > 0) {
      total += ticks;
      last = position;
      if (total > mostTicks) {
        break;
      }
    }
  }
  return last;
}

/** Time of one operation on one victim. */
function ticksOn(run: Compilation, position: number, bin: number, victim: Cell): number {
  const operation = run.schedule.operations[position]!;
  if (operation.kind === 'wait') {
    return 0;
  }
  if (operation.kind === 'frame') {
    return frameTicksOn(run, operation, bin, victim);
  }
  const ticks = checkActs(position, operation, run)[bin]!;
  return selectedCells(operation).reduce((sum, cell) => sum + shareOf(ticks, cell, victim), 0);
}

function frameTicksOn(run: Compilation, frame: FrameOperation, bin: number, victim: Cell): number {
  const { soa, driver } = run;
  const magnitude = victimMagnitude(frame, victim, driver, soa.voltage.unselected);
  return magnitude !== null && reachesBin(magnitude, soa.halfSelect[bin]!)
    ? ticksOf(roundWidth(driver, frame.width), driver)
    : 0;
}
