import type { Seconds } from '../units.ts';
import { toFemtoseconds, toSeconds } from './femtoseconds.ts';
import type { Operation } from './operation.ts';
import type { Schedule } from './schedule.ts';

/** What a controller adds to the times that a schedule states. */
export interface Timing {
  /** Rest at 0 V between one act (a pulse, the read of one cell, a frame, a wait) and the next. */
  readonly gap: Seconds;
}

/** When an operation begins and ends, from the start of the schedule. */
export interface OperationTime {
  readonly start: Seconds;
  readonly end: Seconds;
}

/**
 * Time that an operation takes, without the gap that follows it. A `programVerify` is given its worst case: for each
 * cell as many of its longest pulse and as many reads as its envelope allows.
 *
 * @example
 * operationSeconds({ kind: 'wait', seconds: 1e-3 }, { gap: 1e-6 }); // 0.001
 */
export function operationSeconds(operation: Operation, timing: Timing): Seconds {
  return toSeconds(operationFemtoseconds(operation, toFemtoseconds(timing.gap).femtoseconds));
}

/**
 * Start and end of every operation. Times are added in whole femtoseconds, so they carry no rounding error.
 *
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * scheduleTimes(schedule, { gap: 1e-6 }).at(-1)?.end; // 0.001
 */
export function scheduleTimes(schedule: Schedule, timing: Timing): OperationTime[] {
  const gap = toFemtoseconds(timing.gap).femtoseconds;
  let start = 0n;
  return schedule.operations.map((operation) => {
    const end = start + operationFemtoseconds(operation, gap);
    const time = { start: toSeconds(start), end: toSeconds(end) };
    start = end + gap;
    return time;
  });
}

/** As `operationSeconds`, in whole femtoseconds. */
export function operationFemtoseconds(operation: Operation, gap: bigint): bigint {
  if (operation.kind === 'wait') {
    return toFemtoseconds(operation.seconds).femtoseconds;
  }
  if (operation.kind === 'read') {
    return acts(operation.cells.length, operation.width, gap);
  }
  if (operation.kind === 'programVerify') {
    const { pulses, maxPulses, maxReads } = operation.envelope;
    const longest = pulses.reduce((width, pulse) => Math.max(width, pulse.width), 0);
    const cells = operation.cells.length;
    const reads = acts(cells * maxReads, operation.read.width, gap);
    return maxPulses === 0 ? reads : reads + gap + acts(cells * maxPulses, longest, gap);
  }
  return toFemtoseconds(operation.width).femtoseconds;
}

/** Equal acts, at least one, with a gap between each two. */
function acts(count: number, width: Seconds, gap: bigint): bigint {
  return BigInt(count) * (toFemtoseconds(width).femtoseconds + gap) - gap;
}
