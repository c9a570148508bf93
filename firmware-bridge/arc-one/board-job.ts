import type { BiasScheme } from '../../src/array/bias.ts';
import type { Cell } from '../../src/array/geometry.ts';
import { PermissionError, ScheduleError } from '../../src/errors.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import { brokenLimit } from '../../src/schedule/gate-limits.ts';
import type { EnvelopePulse } from '../../src/schedule/operation.ts';
import type { SafeOperatingArea } from '../../src/schedule/safe-operating-area.ts';
import type { Seconds } from '../../src/units.ts';
import type { ArrayPermission } from '../array-permission.ts';
import { addressOf } from './address.ts';
import { arcOneLimits } from './limits.ts';
import type { ArcOneLink } from './link.ts';
import type { ArcOneRequest } from './request.ts';
import type { Triplet, TripletBounds } from './triplet.ts';
import { wireValue } from './wire-value.ts';

/** A whole measurement that the board runs by itself, with the most that it may do to a cell. */
export interface BoardJob extends ArcOneRequest {
  /** The hardest pulses that it may make. */
  readonly pulses: readonly EnvelopePulse[];
  readonly mostPulses: number;
  /** Most points that it may report of one cell, in one run. */
  readonly mostPoints: number;
  /** Runs of points for each cell. */
  readonly runs: number;
  /** Longest time between two points, beside the answer's own. */
  readonly acting: Seconds;
  /** What the points may say. */
  readonly bounds: TripletBounds;
  /** What cannot be undone, or null. */
  readonly irreversible: string | null;
}

/** What stands between a job and an array. */
export interface JobGuard {
  readonly safeOperatingArea: SafeOperatingArea;
  readonly driver: DriverGrid;
  /** What the board puts on the other lines. */
  readonly bias: BiasScheme;
  readonly permission: ArrayPermission | null;
}

/**
 * Compare a job with the limits of the array, before a byte of it is sent.
 *
 * @throws ScheduleError naming the limit that it would cross
 * @throws PermissionError for an irreversible job without the permission that names this array
 */
export function requireSafeJob(job: BoardJob, guard: JobGuard): void {
  const { safeOperatingArea, driver, bias, permission } = guard;
  for (const { volts, width } of job.pulses) {
    const broken = brokenLimit(
      {
        kind: 'pulse',
        wordVolts: [bias.selectedWord * volts, bias.unselectedWord * volts],
        bitVolts: [bias.selectedBit * volts, bias.unselectedBit * volts],
        wordCounts: [1, arcOneLimits.lines - 1],
        bitCounts: [1, arcOneLimits.lines - 1],
        width,
        addresses: (word, bit) => word === 0 && bit === 0,
      },
      safeOperatingArea,
      driver,
    );
    if (broken !== null) {
      throw refused(job, broken);
    }
  }
  const { pulsesPerCell } = safeOperatingArea.endurance;
  if (!(job.mostPulses <= pulsesPerCell)) {
    throw refused(job, `endurance.pulsesPerCell: up to ${job.mostPulses} pulses exceed ${pulsesPerCell}`);
  }
  if (job.irreversible !== null && permission?.array !== safeOperatingArea.array) {
    throw new PermissionError(
      'irreversible',
      `arc-one: ${job.irreversible} cannot be undone; array "${safeOperatingArea.array}" was not permitted for it`,
      {
        hint: `Give the permission that names the array: ${safeOperatingArea.array}.`,
        details: {
          act: job.irreversible,
          array: safeOperatingArea.array,
          permitted: permission?.array ?? null,
        },
      },
    );
  }
}

/**
 * Run a job on some cells, one after the other.
 *
 * @returns for each cell its runs of points
 * @throws ScheduleError or PermissionError as {@link requireSafeJob}, before anything is sent
 */
export async function runJob(
  link: ArcOneLink,
  job: BoardJob,
  cells: readonly Cell[],
  guard: JobGuard,
): Promise<Triplet[][][]> {
  requireSafeJob(job, guard);
  await link.send(withDeviceCount(job, cells.length));
  const found: Triplet[][][] = [];
  for (const cell of cells) {
    await link.sendValues(job.job, addressOf(cell));
    const runs: Triplet[][] = [];
    for (let run = 0; run < job.runs; run++) {
      runs.push(await link.readRun(job.bounds, job.mostPoints, job.acting));
    }
    await link.expectSilence();
    found.push(runs);
  }
  return found;
}

/** The header of a job ends in the number of devices. */
export function withDeviceCount({ job, values }: ArcOneRequest, devices: number): ArcOneRequest {
  return { job, values: [...values, wireValue('devices', 'count', devices)] };
}

function refused({ job }: ArcOneRequest, reason: string): ScheduleError {
  return new ScheduleError('job-limit', `arc-one: job ${job}: refused before it was sent: ${reason}`, {
    details: { job, reason },
  });
}
