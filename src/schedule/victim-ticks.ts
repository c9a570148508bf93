import type { Cell } from '../array/geometry.ts';
import type { DriverGrid } from './driver-grid.ts';
import type { PulseEnvelope } from './operation.ts';
import type { SafeOperatingArea } from './safe-operating-area.ts';
import type { SelectionStress } from './selection-stress.ts';

/**
 * Time at or above one magnitude that the selection of one cell costs the others, in ticks of the pulse timer: whole
 * numbers, so that sums over any number of operations are exact.
 */
export interface VictimTicks {
  readonly sameWord: number;
  readonly sameBit: number;
  readonly elsewhere: number;
}

/** A magnitude this little below a bin's, relatively, counts as at the bin. */
const slack = 1e-9;

/** Whether a magnitude falls into a bin of the half-select budget. */
export function reachesBin(magnitude: number, bin: { readonly volts: number }): boolean {
  return magnitude >= bin.volts * (1 - slack);
}

/** A rounded width as a whole number of ticks. */
export function ticksOf(width: number, driver: DriverGrid): number {
  return Math.round(width / driver.stepWidth);
}

/** What one pulse or read costs the other cells, for each bin of the budget. */
export function victimTicks(
  stress: SelectionStress,
  ticks: number,
  bins: SafeOperatingArea['halfSelect'],
): VictimTicks[] {
  return bins.map((bin) => ({
    sameWord: reachesBin(stress.sameWord ?? 0, bin) ? ticks : 0,
    sameBit: reachesBin(stress.sameBit ?? 0, bin) ? ticks : 0,
    elsewhere: reachesBin(stress.elsewhere ?? 0, bin) ? ticks : 0,
  }));
}

/**
 * What the write-verify loop of one cell costs the others at most, for each bin: every allowed pulse is the longest
 * that reaches the bin, and every allowed read happens.
 *
 * @param pulses - for each pulse of the envelope, its cost per bin
 * @param read - the cost of one read, per bin
 */
export function loopTicks(
  envelope: PulseEnvelope,
  pulses: readonly (readonly VictimTicks[])[],
  read: readonly VictimTicks[],
): VictimTicks[] {
  return read.map((readTicks, bin) => {
    const total = (part: keyof VictimTicks): number =>
      envelope.maxPulses * pulses.reduce((most, ticks) => Math.max(most, ticks[bin]![part]), 0) +
      envelope.maxReads * readTicks[part];
    return { sameWord: total('sameWord'), sameBit: total('sameBit'), elsewhere: total('elsewhere') };
  });
}

/** The part that falls on one victim while one cell is selected. */
export function shareOf(ticks: VictimTicks, selected: Cell, victim: Cell): number {
  if (selected.word === victim.word) {
    return selected.bit === victim.bit ? 0 : ticks.sameWord;
  }
  return selected.bit === victim.bit ? ticks.sameBit : ticks.elsewhere;
}
