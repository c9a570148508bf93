import type { Geometry } from '../../src/array/geometry.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import { toFemtoseconds, toSeconds } from '../../src/schedule/femtoseconds.ts';
import type { Schedule } from '../../src/schedule/schedule.ts';
import type { Timing } from '../../src/schedule/timing.ts';
import { intervalFrame, waveform, type WaveformInterval } from '../../src/schedule/waveform.ts';
import { lineCode } from './line-code.ts';

/** What must be on the lines for a while, by the schedule's own timing. */
export interface ExpectedAct {
  /** Ticks from the start of the schedule. */
  readonly start: number;
  readonly end: number;
  /** [wordLines + bitLines], word lines first. */
  readonly codes: Int32Array;
}

/** A sample that must be taken, in the order of the results. */
export interface ExpectedSample {
  /** Entry of the table. */
  readonly entry: number;
  readonly bitLine: number;
}

/** What the lines and the ADC must do while a schedule runs. */
export interface ExpectedActivity {
  readonly acts: readonly ExpectedAct[];
  readonly samples: readonly ExpectedSample[];
}

/**
 * Follow the waveform of a rounded schedule. This is the test bench's side: it knows nothing of the pulse table.
 *
 * @example
 * expectedActivity(roundSchedule(schedule, driver), driver, { gap: 1e-5 }).acts[0]?.start; // 0
 */
export function expectedActivity(schedule: Schedule, driver: DriverGrid, timing: Timing): ExpectedActivity {
  const { geometry } = schedule;
  const tick = toFemtoseconds(driver.stepWidth);
  const ticks = (femtoseconds: bigint): number =>
    tick.exact
      ? Number((femtoseconds + tick.femtoseconds / 2n) / tick.femtoseconds)
      : Math.round(toSeconds(femtoseconds) / driver.stepWidth);
  const acts: ExpectedAct[] = [];
  const samples: ExpectedSample[] = [];
  let entry = 0;
  for (const interval of waveform(schedule, timing)) {
    if (interval.operation.kind !== 'wait') {
      const { wordVolts, bitVolts } = intervalFrame(geometry, interval);
      acts.push({
        start: ticks(interval.start),
        end: ticks(interval.end),
        codes: Int32Array.from([...wordVolts, ...bitVolts], (volts) => lineCode(driver, volts)),
      });
    }
    for (const bitLine of sampledLines(interval, geometry)) {
      samples.push({ entry, bitLine });
    }
    entry += 1;
  }
  return { acts, samples };
}

function sampledLines({ operation, cell }: WaveformInterval, { bitLines }: Geometry): number[] {
  if (operation.kind === 'read' && cell !== null) {
    return [cell.bit];
  }
  return operation.kind === 'frame' && operation.sense
    ? Array.from({ length: bitLines }, (_, line) => line)
    : [];
}
