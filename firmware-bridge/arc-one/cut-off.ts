import type { Amperes } from '../../src/units.ts';
import { arcOneLimits } from './limits.ts';

/**
 * A cut-off current as hosts send it: the smallest goes out one percent higher, as the instrument's own program does.
 * 0 is none.
 */
export function cutOffOnWire(amperes: Amperes): Amperes {
  return amperes === arcOneLimits.smallestCutOff ? 1.01e-5 : amperes;
}
