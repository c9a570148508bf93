import type { Cell } from '../../src/array/geometry.ts';
import type { Seconds, Volts } from '../../src/units.ts';
import { sleep } from '../transport/clock.ts';
import { addressOf } from './address.ts';
import { requireSafeJob, type BoardJob, type JobGuard } from './board-job.ts';
import type { ArcOneLink } from './link.ts';
import type { Triplet } from './triplet.ts';
import { wireValue } from './wire-value.ts';

/** The voltage over a cell as corners: the voltage from one time to the next. */
export type Waveform = readonly { readonly time: Seconds; readonly volts: Volts }[];

export interface StdpRecord {
  readonly first: Triplet;
  /** One for each waveform. */
  readonly steps: readonly { readonly before: Triplet; readonly after: Triplet }[];
  readonly last: Triplet;
}

/** Rest that hosts leave after each corner, seconds. */
const cornerRest = 1e-3;

/** What waveforms do to a cell, for the comparison with its limits. */
function stdpJob(waveforms: readonly Waveform[]): BoardJob {
  const corners = waveforms.flatMap((waveform) =>
    waveform.map(({ time, volts }, index) => ({ volts, width: (waveform[index + 1]?.time ?? time) - time })),
  );
  const driven = corners.filter(({ volts, width }) => volts !== 0 && width > 0);
  const longest = Math.max(...waveforms.map((waveform) => waveform.at(-1)?.time ?? 0));
  return {
    job: '40',
    values: [wireValue('devices', 'count', 1)],
    pulses: driven,
    mostPulses: driven.length,
    mostPoints: 2 * waveforms.length + 2,
    runs: 1,
    acting: longest,
    bounds: { volts: Math.max(0, ...driven.map(({ volts }) => Math.abs(volts))), width: longest },
    irreversible: null,
  };
}

/**
 * Play waveforms over a cell, spike-timing dependent plasticity for instance, and read it before and after each: job
 * 40. The last corner of a waveform is at 0 V.
 *
 * @throws ScheduleError when a waveform crosses a limit
 */
export async function playWaveforms(
  link: ArcOneLink,
  cell: Cell,
  waveforms: readonly Waveform[],
  guard: JobGuard,
): Promise<StdpRecord> {
  const job = stdpJob(waveforms);
  requireSafeJob(job, guard);
  await link.send(job);
  await link.sendValues(job.job, addressOf(cell));
  const first = await link.readPoint(job.bounds, 0);
  await link.sendValues(job.job, [wireValue('waveforms', 'count', waveforms.length)]);
  const steps: { before: Triplet; after: Triplet }[] = [];
  for (const waveform of waveforms) {
    await link.sendValues(job.job, [wireValue('corners', 'count', waveform.length)]);
    for (const { time, volts } of waveform) {
      await link.sendValues(job.job, [
        wireValue('time', 'interval', time),
        wireValue('voltage', 'volts', volts),
      ]);
      await sleep(link.clock, cornerRest);
    }
    const before = await link.readPoint(job.bounds, 0);
    steps.push({ before, after: await link.readPoint(job.bounds, job.acting) });
  }
  return { first, steps, last: await link.readPoint(job.bounds, 0) };
}
