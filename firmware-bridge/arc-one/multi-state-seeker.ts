import type { Cell } from '../../src/array/geometry.ts';
import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import { addressOf } from './address.ts';
import { requireSafeJob, withDeviceCount, type BoardJob, type JobGuard } from './board-job.ts';
import type { ArcOneLink } from './link.ts';
import {
  mssPolarityJob,
  mssStabilityJob,
  mssSweepJob,
  type MssPolarityParameters,
  type MssSweepParameters,
} from './multi-state-jobs.ts';
import type { Triplet } from './triplet.ts';
import { wireValue } from './wire-value.ts';

/** A state that the board told from the one before. */
export interface MssState {
  readonly ohms: Ohms;
  readonly lower: Ohms;
  readonly upper: Ohms;
}

/**
 * Run phase I on one cell.
 *
 * @returns the points and the polarity that the device answers to, or null if the board found none
 */
export async function seekPolarity(
  link: ArcOneLink,
  cell: Cell,
  parameters: MssPolarityParameters,
  guard: JobGuard,
): Promise<{ points: Triplet[]; polarity: 1 | -1 | null }> {
  const job = mssPolarityJob(parameters);
  await start(link, job, cell, guard);
  const { points } = await readUntilSentinel(link, job, false);
  if ((await link.readInteger()) !== 0) {
    return { points, polarity: null };
  }
  const [, , sign] = [await link.readInteger(), await link.readInteger(), await link.readInteger()];
  return { points, polarity: sign < 0 ? -1 : 1 };
}

/**
 * Run phase II on one cell: one pulse, then reads.
 *
 * @param reads - how many to take at most
 * @param enough - asked after every read whether what came is enough
 */
export async function seekStability(
  link: ArcOneLink,
  cell: Cell,
  pulse: { readonly volts: Volts; readonly width: Seconds },
  guard: JobGuard,
  reads: number,
  enough: (found: readonly Ohms[]) => boolean = () => false,
): Promise<Ohms[]> {
  const job = mssStabilityJob(pulse.volts, pulse.width);
  await start(link, job, cell, guard);
  const found: Ohms[] = [];
  for (let read = 1; read <= reads; read++) {
    found.push(...(await link.readResistances(1, job.acting)));
    const last = read === reads || enough(found);
    await link.sendValues(job.job, [wireValue('turn', 'code', last ? 1 : 0)]);
    if (last) {
      break;
    }
  }
  return found;
}

/** Run phase III on one cell. */
export async function seekStates(
  link: ArcOneLink,
  cell: Cell,
  parameters: MssSweepParameters,
  guard: JobGuard,
): Promise<{ points: Triplet[]; states: MssState[] }> {
  const job = mssSweepJob(parameters);
  await start(link, job, cell, guard);
  const found = await readUntilSentinel(link, job, true);
  if ((await link.readInteger()) === 0) {
    await link.readInteger();
    await link.readInteger();
  }
  return found;
}

/** What several cells in one job would do is not known, so there is one cell to a job. */
async function start(link: ArcOneLink, job: BoardJob, cell: Cell, guard: JobGuard): Promise<void> {
  requireSafeJob(job, guard);
  const header = withDeviceCount(job, 1);
  await link.send({ job: job.job, values: [...header.values, ...addressOf(cell)] });
}

/** A third number below zero ends the points; a first number below zero announces a state. */
async function readUntilSentinel(
  link: ArcOneLink,
  job: BoardJob,
  withStates: boolean,
): Promise<{ points: Triplet[]; states: MssState[] }> {
  const points: Triplet[] = [];
  const states: MssState[] = [];
  while (points.length + states.length <= job.mostPoints) {
    const point = await link.readTriplet(job.acting);
    if (point.width < 0) {
      return { points, states };
    }
    if (withStates && point.ohms < 0) {
      const [ohms = Number.NaN, lower = Number.NaN, upper = Number.NaN] = await link.readResistances(3, 0);
      states.push({ ohms, lower, upper });
    } else {
      points.push(link.checked(point, job.bounds));
    }
  }
  return link.refuse('endless-run', `more than ${job.mostPoints} points came, and no end`);
}
