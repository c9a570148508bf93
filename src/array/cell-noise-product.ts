import type { Spread } from '../model/variability.ts';
import type { RandomStream } from '../random.ts';
import type { Geometry } from './geometry.ts';
import { spreadFactor } from './spread-factor.ts';

/**
 * Multiply word-line voltages with a conductance matrix, with the read noise of every cell drawn anew for every row:
 * whatever its distribution. For Gaussian noise one draw for each output has the same distribution and takes as many
 * times less work as there are word lines, see `noisyBitLineCurrents`.
 *
 * @param conductances - [wordLines x bitLines], siemens
 * @param wordVolts - [batch x wordLines], volt
 * @param stream - keyed by cell and event
 * @param event - of the first row; the rows count on from it
 * @returns [batch x bitLines], ampere
 */
export function cellNoiseCurrents(
  conductances: Float64Array,
  wordVolts: Float64Array,
  { wordLines, bitLines }: Geometry,
  spread: Spread,
  stream: RandomStream,
  event: number,
): Float64Array {
  const batch = wordVolts.length / wordLines;
  const currents = new Float64Array(batch * bitLines);
  for (let row = 0; row < batch; row++) {
    for (let cell = 0; cell < conductances.length; cell++) {
      const bit = cell % bitLines;
      const volts = wordVolts[row * wordLines + (cell - bit) / bitLines]!;
      const factor = spreadFactor(spread, stream, cell, event + row);
      currents[row * bitLines + bit]! += volts * conductances[cell]! * factor;
    }
  }
  return currents;
}
