import type { Dimensionless } from '../src/units.ts';

/** 1 - exp(-y) for y >= 0, without cancellation at small y. */
export function decayed(y: Dimensionless): Dimensionless {
  if (y > 1) {
    return 1 - 1 / Math.exp(y);
  }
  return (2 * Math.sinh(y / 2)) / Math.exp(y / 2);
}
