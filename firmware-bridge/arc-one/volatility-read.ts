import type { Cell } from '../../src/array/geometry.ts';
import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import { addressOf } from './address.ts';
import { requireSafeJob, withDeviceCount, type BoardJob, type JobGuard } from './board-job.ts';
import type { ArcOneLink } from './link.ts';
import { wireValue } from './wire-value.ts';

/** One pulse, and reads while the device relaxes. */
export interface VolatilityReadParameters {
  readonly volts: Volts;
  readonly width: Seconds;
  /** Reads in a batch. */
  readonly batch: number;
  /** Samples in a read. */
  readonly samples: number;
}

export interface VolatilitySample {
  /** As the board reports it; its unit is not public. */
  readonly timeTicks: number;
  readonly ohms: Ohms;
}

export interface VolatilityRecord {
  readonly before: Ohms;
  readonly samples: readonly VolatilitySample[];
  readonly after: Ohms;
}

/** The host's turn after a batch. */
const turn = { more: 0, stop: 1 } as const;

/** VolatilityRead: job 33. */
export function volatilityJob({ volts, width, batch, samples }: VolatilityReadParameters): BoardJob {
  return {
    job: '33',
    values: [
      wireValue('voltage', 'volts', volts),
      wireValue('width', 'width', width),
      wireValue('batch', 'count', batch),
      wireValue('samples', 'count', samples),
    ],
    pulses: [{ volts, width }],
    mostPulses: 1,
    mostPoints: batch,
    runs: 1,
    acting: width,
    bounds: { volts: Math.abs(volts), width },
    irreversible: null,
  };
}

/**
 * Pulse a cell and watch it relax.
 *
 * @param batches - how many batches to take at most
 * @param enough - asked after every batch whether what came is enough
 * @throws ScheduleError when the pulse crosses a limit
 */
export async function readVolatility(
  link: ArcOneLink,
  cell: Cell,
  parameters: VolatilityReadParameters,
  guard: JobGuard,
  batches: number,
  enough: (samples: readonly VolatilitySample[]) => boolean = () => false,
): Promise<VolatilityRecord> {
  const job = volatilityJob(parameters);
  requireSafeJob(job, guard);
  await link.send(withDeviceCount(job, 1));
  await link.sendValues(job.job, addressOf(cell));
  const [before = Number.NaN] = await link.readResistances(1, 0);
  const samples: VolatilitySample[] = [];
  for (let batch = 1; batch <= batches; batch++) {
    for (let sample = 0; sample < parameters.batch; sample++) {
      const timeTicks = await link.readInteger();
      const [ohms = Number.NaN] = await link.readResistances(1, job.acting);
      samples.push({ timeTicks, ohms });
    }
    const last = batch === batches || enough(samples);
    await link.sendValues(job.job, [wireValue('turn', 'code', last ? turn.stop : turn.more)]);
    if (last) {
      break;
    }
  }
  const [after = Number.NaN] = await link.readResistances(1, 0);
  return { before, samples, after };
}
