import { ScheduleError } from '../../src/errors.ts';
import type { Amperes, Seconds, Volts } from '../../src/units.ts';
import { requireSafeJob, type BoardJob, type JobGuard } from './board-job.ts';
import type { ArcOneLink } from './link.ts';
import type { Triplet } from './triplet.ts';
import { wireValue } from './wire-value.ts';

/** Several word lines against one bit line. */
export interface MultiBiasParameters {
  /** From 0. */
  readonly wordLines: readonly number[];
  /** From 0. */
  readonly bitLine: number;
  readonly writeVolts: Volts;
  readonly width: Seconds;
  readonly readVolts: Volts;
}

const operationCodes = { read: 1, write: 2 } as const;

/** MultiBias: job 50. Word lines that are not named are at half of the voltage. */
export function multiBiasJob(
  parameters: MultiBiasParameters,
  operation: keyof typeof operationCodes,
): BoardJob {
  const { wordLines, bitLine, writeVolts, width, readVolts } = parameters;
  if (wordLines.length === 0 || new Set(wordLines).size !== wordLines.length) {
    throw new ScheduleError(
      'multi-bias',
      `arc-one: MultiBias: found word lines ${wordLines.join(', ')}, expected each once and at least one`,
    );
  }
  return {
    job: '50',
    values: [
      wireValue('write voltage', 'volts', writeVolts),
      wireValue('width', 'width', width),
      wireValue('read voltage', 'volts', readVolts),
      wireValue('word lines', 'line', wordLines.length),
      wireValue('bit line', 'line', bitLine + 1),
      wireValue('operation', 'code', operationCodes[operation]),
      ...wordLines.map((word) => wireValue('word line', 'line', word + 1)),
    ],
    pulses: operation === 'write' ? [{ volts: writeVolts, width }] : [],
    mostPulses: operation === 'write' ? 1 : 0,
    mostPoints: 2 * wordLines.length,
    runs: 1,
    acting: width,
    bounds: { volts: Math.max(Math.abs(writeVolts), Math.abs(readVolts)), width },
    irreversible: null,
  };
}

/**
 * Read the current of a bit line while several word lines are driven.
 *
 * @throws ScheduleError when the read crosses a limit
 */
export async function readBitLine(
  link: ArcOneLink,
  parameters: MultiBiasParameters,
  guard: JobGuard,
): Promise<Amperes> {
  const job = multiBiasJob(parameters, 'read');
  requireSafeJob(job, guard);
  requireReadVolts(parameters.readVolts, guard);
  await link.send(job);
  const { ohms, volts } = await link.readPoint(job.bounds, job.acting);
  return volts / ohms;
}

/**
 * Pulse several word lines against one bit line at once.
 *
 * @param words - word lines of the array as the board was told at its start: it reads the whole bit line
 * @returns the cells of the bit line before and after
 * @throws ScheduleError when the pulse crosses a limit
 */
export async function writeBitLine(
  link: ArcOneLink,
  parameters: MultiBiasParameters,
  words: number,
  guard: JobGuard,
): Promise<{ before: Triplet[]; after: Triplet[] }> {
  const job = multiBiasJob(parameters, 'write');
  requireSafeJob(job, guard);
  await link.send(job);
  const take = async (): Promise<Triplet[]> => {
    const points: Triplet[] = [];
    for (let word = 0; word < words; word++) {
      points.push(await link.readPoint(job.bounds, job.acting));
    }
    return points;
  };
  const before = await take();
  return { before, after: await take() };
}

/** A read has limits of its own: lower than those of a pulse, as a rule. */
function requireReadVolts(volts: Volts, { safeOperatingArea }: JobGuard): void {
  const { positive, negative } = safeOperatingArea.voltage.read;
  if (volts > positive || -volts > negative) {
    throw new ScheduleError(
      'job-limit',
      `arc-one: MultiBias: a read voltage of ${volts} V, allowed are -${negative} to ${positive} V`,
    );
  }
}
