import { UsageError } from '../errors.ts';
import type { Seconds } from '../units.ts';

/** A time as a whole number of femtoseconds, and whether that is the time itself. */
export interface FemtosecondTime {
  readonly femtoseconds: bigint;
  /** False where the decimal number goes on below a femtosecond by more than a few rounding errors of a double. */
  readonly exact: boolean;
}

/**
 * Write a time as whole femtoseconds, from its decimal digits: sums of these carry no rounding error, so that
 * 100 ns a hundred times is 10 us.
 *
 * @throws UsageError for a time that is negative or not finite
 * @example
 * toFemtoseconds(1e-7); // { femtoseconds: 100000000n, exact: true }
 */
export function toFemtoseconds(seconds: Seconds): FemtosecondTime {
  if (!(seconds >= 0 && Number.isFinite(seconds))) {
    throw new UsageError('time', `time: found ${seconds} s, expected a finite time of 0 s or more`);
  }
  const [mantissa = '0', power = '0'] = seconds.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const digits = BigInt(whole + fraction);
  const shift = Number(power) - fraction.length + 15;
  if (shift >= 0) {
    return { femtoseconds: digits * 10n ** BigInt(shift), exact: true };
  }
  const unit = 10n ** BigInt(-shift);
  const femtoseconds = (digits + unit / 2n) / unit;
  const rest = digits - femtoseconds * unit;
  return { femtoseconds, exact: (rest < 0n ? -rest : rest) * 1_000_000_000_000n <= digits };
}

/** The double nearest to a number of femtoseconds. */
export function toSeconds(femtoseconds: bigint): Seconds {
  return Number(`${femtoseconds}e-15`);
}
