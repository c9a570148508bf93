import { UsageError } from '../errors.ts';
import type { Dimensionless, Seconds } from '../units.ts';
import type { SpikePattern } from './spike-pattern.ts';

/** A membrane that a value charges: V(t) = x (1 - exp(-t / tau)). Its spike is where it crosses the threshold. */
export interface LatencyMembrane {
  readonly tau: Seconds;
  readonly threshold: Dimensionless;
}

/**
 * Encode values by the time of one spike each. The larger a value, the earlier its spike: linearly, t = T (1 - x), where
 * a value of 0 gives none; or, with a membrane, logarithmically, t = tau ln(x / (x - threshold)), where values that do not
 * lift it above the threshold within the window give none.
 *
 * @param values - [inputs], each from 0 to 1
 * @param window - time T within which all spikes fall
 * @param membrane - makes the code logarithmic
 * @throws UsageError for a value outside 0 to 1, or a window, time constant or threshold that is not positive
 * @source latency codes of snntorch, J. K. Eshraghian et al., Proc. IEEE 111, 1016 (2023),
 * doi 10.1109/JPROC.2023.3308088
 * @example
 * const { inputs, times } = encodeLatency(Float64Array.of(1, 0, 0.75), 0.1);
 * Array.from(inputs); // [0, 2]
 * Array.from(times); // [0, 0.025]
 * const membrane = { tau: 0.02, threshold: 0.5 };
 * encodeLatency(Float64Array.of(1, 0.4), 0.1, membrane).times.length; // 1
 */
export function encodeLatency(
  values: Float64Array,
  window: Seconds,
  membrane?: LatencyMembrane,
): SpikePattern {
  requirePositive('window', window, ' s');
  if (membrane !== undefined) {
    requirePositive('time constant', membrane.tau, ' s');
    requirePositive('threshold', membrane.threshold, '');
  }
  const bad = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad >= 0) {
    throw new UsageError('latency-value', `latency code: value ${bad} is ${values[bad]!}, expected 0 to 1`);
  }
  const latencies = values.map((value) =>
    membrane === undefined ? linear(value, window) : crossing(value, membrane),
  );
  const inputs = Uint32Array.from(values.keys()).filter((input) => latencies[input]! <= window);
  return { inputs, times: Float64Array.from(inputs, (input) => latencies[input]!) };
}

function linear(value: Dimensionless, window: Seconds): Seconds {
  return value === 0 ? Infinity : window * (1 - value);
}

/** -tau ln(1 - threshold / x), so that large values lose no digits. */
function crossing(value: Dimensionless, { tau, threshold }: LatencyMembrane): Seconds {
  return value > threshold ? -tau * Math.log1p(-threshold / value) : Infinity;
}

function requirePositive(name: string, value: number, unit: string): void {
  if (!(value > 0 && Number.isFinite(value))) {
    throw new UsageError(
      'latency-code',
      `latency code: ${name} is ${value}${unit}, expected a positive number`,
    );
  }
}
