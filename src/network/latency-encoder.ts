import { UsageError } from '../errors.ts';
import type { Seconds } from '../units.ts';
import type { SpikePattern } from './spike-pattern.ts';

/**
 * Encode values by the time of one spike each, linearly: t = T (1 - x). The larger a value, the earlier its spike; a
 * value of 0 gives none.
 *
 * @param values - [inputs], each from 0 to 1
 * @param window - time T within which all spikes fall
 * @throws UsageError for a value outside 0 to 1, or a window that is not a positive time
 * @source linear latency code of snntorch, J. K. Eshraghian et al., Proc. IEEE 111, 1016 (2023),
 * doi 10.1109/JPROC.2023.3308088
 * @example
 * const { inputs, times } = encodeLatency(Float64Array.of(1, 0, 0.75), 0.1);
 * Array.from(inputs); // [0, 2]
 * Array.from(times); // [0, 0.025]
 */
export function encodeLatency(values: Float64Array, window: Seconds): SpikePattern {
  if (!(window > 0 && Number.isFinite(window))) {
    throw new UsageError('latency-window', `latency code: window is ${window} s, expected a positive time`);
  }
  const bad = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad >= 0) {
    throw new UsageError('latency-value', `latency code: value ${bad} is ${values[bad]!}, expected 0 to 1`);
  }
  const inputs = Uint32Array.from(values.keys()).filter((input) => values[input]! > 0);
  return { inputs, times: Float64Array.from(inputs, (input) => window * (1 - values[input]!)) };
}
