import { ScheduleError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';

/** The counters have 32 bits. */
const mostTicks = 2 ** 32 - 1;

/** A time this close to a whole number of ticks is that number. */
const slack = 1e-3;

/**
 * Express a time in ticks.
 *
 * @param where - how to name it in an error, such as `operation 3, seconds`
 * @throws ScheduleError when it is not a whole number of ticks, or more than the counters hold
 */
export function wholeTicks(seconds: Seconds, tick: Seconds, where: string): number {
  const ticks = Math.round(seconds / tick);
  if (!(Math.abs(seconds / tick - ticks) <= slack && ticks >= 1 && ticks <= mostTicks)) {
    throw new ScheduleError(
      'sequencer-ticks',
      `${where}: found ${seconds} s, expected 1 to ${mostTicks} whole ticks of ${tick} s`,
      {
        hint: 'Round it to the timer of the driver; split what is too long.',
        details: { where, found: seconds, tick, mostTicks },
      },
    );
  }
  return ticks;
}
