import { ConfigError } from '../errors.ts';
import type { Spread } from '../model/variability.ts';
import type { RandomStream } from '../random.ts';

export type { Spread } from '../model/variability.ts';

/**
 * Draw the factor by which a spread multiplies a mean: expected value 1, exactly 1 for a spread of 0.
 * A log-normal factor has sigma^2 = ln(1 + s^2), so that s is the relative standard deviation of the factor
 * itself and not of its logarithm.
 *
 * @example
 * const stream = new RandomStream(7, 'read-noise');
 * spreadFactor({ distribution: 'normal', relative: 0 }, stream, 0, 0); // 1
 */
export function spreadFactor(spread: Spread, stream: RandomStream, cell: number, event: number): number {
  const s = spread.relative;
  if (s === 0) {
    return 1;
  }
  if (spread.distribution === 'uniform') {
    return 1 + s * (2 * stream.uniform(cell, event) - 1);
  }
  const xi = stream.normal(cell, event);
  if (spread.distribution === 'normal') {
    return 1 + s * xi;
  }
  const variance = Math.log1p(s * s);
  return Math.exp(Math.sqrt(variance) * xi - variance / 2);
}

/**
 * Refuse a spread that no draw can follow.
 *
 * @throws ConfigError unless the relative amplitude is finite and not negative
 */
export function requireSpread(where: string, spread: Spread): void {
  requireAmplitude(where, spread.relative);
}

/**
 * Refuse a relative amplitude that is negative or not finite.
 *
 * @throws ConfigError naming the amplitude
 */
export function requireAmplitude(where: string, relative: number): void {
  if (!(relative >= 0 && Number.isFinite(relative))) {
    throw new ConfigError(
      'spread',
      `variability: ${where} is ${relative}, expected a finite relative amplitude of 0 or more`,
      { details: { where, found: relative } },
    );
  }
}
