import { ScheduleError } from '../../src/errors.ts';
import type { Seconds, Volts } from '../../src/units.ts';
import type { BoardJob } from './board-job.ts';
import { arcOneLimits } from './limits.ts';
import { wireValue } from './wire-value.ts';

/** Reads of a device while it is kept under bias. */
export interface ChronoAmperometryParameters {
  readonly bias: Volts;
  /** Time under bias. */
  readonly width: Seconds;
  readonly reads: number;
}

/**
 * ChronoAmperometry: job 220.
 *
 * @throws ScheduleError for fewer or more reads than the board makes
 */
export function chronoAmperometryJob({ bias, width, reads }: ChronoAmperometryParameters): BoardJob {
  const { min, max } = arcOneLimits.readsUnderBias;
  if (!(reads >= min && reads <= max)) {
    throw new ScheduleError(
      'chrono-amperometry',
      `arc-one: ChronoAmperometry: found ${reads} reads, expected ${min} to ${max}`,
    );
  }
  return {
    job: '220',
    values: [
      wireValue('bias', 'volts', bias),
      wireValue('width', 'width', width),
      wireValue('reads', 'count', reads),
    ],
    pulses: [{ volts: bias, width }],
    mostPulses: 1,
    mostPoints: reads + 2,
    runs: 1,
    acting: width,
    bounds: { volts: Math.abs(bias), width },
    irreversible: null,
  };
}
