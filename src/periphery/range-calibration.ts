import { UsageError } from '../errors.ts';
import type { Volts } from '../units.ts';

/**
 * Choose a converter's range from data: the narrowest central range of quantiles that holds at least the part
 * `coverage` of the samples.
 *
 * @param coverage - above 0, up to 1; 1 keeps every sample
 * @throws UsageError for another coverage, samples that are not finite, or samples that are all equal
 * @example
 * calibrateRange([-1, 0, 0.5, 3], 1); // { minVolts: -1, maxVolts: 3 }
 */
export function calibrateRange(
  samples: ArrayLike<number>,
  coverage: number,
): { minVolts: Volts; maxVolts: Volts } {
  if (!(coverage > 0 && coverage <= 1)) {
    throw new UsageError('coverage', `range calibration: coverage is ${coverage}, expected above 0, up to 1`);
  }
  const sorted = Float64Array.from(samples).sort();
  const last = sorted.length - 1;
  // A typed array sorts NaN to the end.
  if (last < 1 || !Number.isFinite(sorted[0]!) || !Number.isFinite(sorted[last]!)) {
    throw new UsageError(
      'calibration-samples',
      `range calibration: found ${sorted.length} samples, expected two or more, all finite`,
    );
  }
  const cut = Math.floor(((1 - coverage) / 2) * sorted.length);
  const minVolts = sorted[cut]!;
  const maxVolts = sorted[last - cut]!;
  if (minVolts === maxVolts) {
    throw new UsageError(
      'calibration-samples',
      `range calibration: the central ${coverage} of the samples is ${minVolts} V throughout`,
      { hint: 'Raise the coverage, or give the range by hand.' },
    );
  }
  return { minVolts, maxVolts };
}
