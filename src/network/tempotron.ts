import { UsageError } from '../errors.ts';
import type { Seconds } from '../units.ts';
import { postsynapticPotential, type PspKernel } from './psp-kernel.ts';
import { requirePattern, type SpikePattern } from './spike-pattern.ts';

/** Highest point of a membrane, in units of weight times the peak of the kernel. */
export interface MembraneMaximum {
  readonly time: Seconds;
  readonly voltage: number;
}

/**
 * Membrane of a tempotron above rest, V(t) = sum of w_i K(t - t_i) over the spikes. It is not reset: the neuron only
 * decides whether it crosses the threshold.
 *
 * @param weights - [inputs]
 * @throws UsageError for a spike without input or time, or weights whose sum is not finite
 * @source R. Guetig, H. Sompolinsky, Nat. Neurosci. 9, 420 (2006), doi 10.1038/nn1643
 * @example
 * const kernel = createPspKernel(20e-3, 5e-3);
 * const pattern = { inputs: Uint32Array.of(0, 1), times: Float64Array.of(0, 0.05) };
 * tempotronVoltage(kernel, Float64Array.of(0.5, 3), pattern, kernel.peak); // 0.5000
 */
export function tempotronVoltage(
  kernel: PspKernel,
  weights: Float64Array,
  pattern: SpikePattern,
  time: Seconds,
): number {
  requireDrive(kernel, weights, pattern);
  const { inputs, times } = pattern;
  let voltage = 0;
  for (let spike = 0; spike < times.length; spike++) {
    voltage += weights[inputs[spike]!]! * postsynapticPotential(kernel, time - times[spike]!);
  }
  return voltage;
}

/**
 * Find the maximum of the membrane of a tempotron, in closed form between one spike and the next: the neuron fires
 * where it is above the threshold. A membrane that never rises above rest has it at the first spike, with 0.
 *
 * @param weights - [inputs]
 * @throws UsageError for a spike without input or time, or weights whose sum is not finite
 * @source R. Guetig, H. Sompolinsky, Nat. Neurosci. 9, 420 (2006), doi 10.1038/nn1643
 * @example
 * const pattern = { inputs: Uint32Array.of(0), times: Float64Array.of(0.01) };
 * tempotronMaximum(createPspKernel(20e-3, 5e-3), Float64Array.of(1), pattern).time; // 0.01924
 */
export function tempotronMaximum(
  kernel: PspKernel,
  weights: Float64Array,
  pattern: SpikePattern,
): MembraneMaximum {
  requireDrive(kernel, weights, pattern);
  const { inputs, times } = pattern;
  const { tau, tauSynapse, scale } = kernel;
  const stretch = (tau * tauSynapse) / (tau - tauSynapse);
  const order = Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  let maximum: MembraneMaximum = { time: order.length === 0 ? 0 : times[order[0]!]!, voltage: 0 };
  // From the last spike on, V(s) = slow exp(-s / tau) - fast exp(-s / tauSynapse).
  let slow = 0;
  let fast = 0;
  for (let k = 0; k < order.length; k++) {
    const time = times[order[k]!]!;
    const weight = scale * weights[inputs[order[k]!]!]!;
    slow += weight;
    fast += weight;
    if (slow - fast > maximum.voltage) {
      maximum = { time, voltage: slow - fast };
    }
    const gap = k + 1 < order.length ? times[order[k + 1]!]! - time : Infinity;
    // V'(s) = 0; not a number or not in the gap where the membrane has no turning point there.
    const turn = stretch * Math.log((fast * tau) / (slow * tauSynapse));
    if (turn > 0 && turn < gap) {
      const voltage = slow * Math.exp(-turn / tau) - fast * Math.exp(-turn / tauSynapse);
      if (voltage > maximum.voltage) {
        maximum = { time: time + turn, voltage };
      }
    }
    slow *= Math.exp(-gap / tau);
    fast *= Math.exp(-gap / tauSynapse);
  }
  return maximum;
}

/**
 * Gradient of V(t) with respect to the weights: the sum of K(t - t_i) over the spikes of each input. At the time of the
 * maximum it is the gradient of the maximum too.
 *
 * @param out - receives [inputs]
 * @throws UsageError for a spike without input or time
 * @source R. Guetig, H. Sompolinsky, Nat. Neurosci. 9, 420 (2006), doi 10.1038/nn1643
 * @example
 * const kernel = createPspKernel(20e-3, 5e-3);
 * const gradient = new Float64Array(2);
 * const pattern = { inputs: Uint32Array.of(1), times: Float64Array.of(0) };
 * tempotronGradient(kernel, pattern, kernel.peak, gradient);
 * gradient[1]; // 1.000
 */
export function tempotronGradient(
  kernel: PspKernel,
  pattern: SpikePattern,
  time: Seconds,
  out: Float64Array,
): void {
  requirePattern(pattern, out.length);
  const { inputs, times } = pattern;
  out.fill(0);
  for (let spike = 0; spike < times.length; spike++) {
    const input = inputs[spike]!;
    out[input] = out[input]! + postsynapticPotential(kernel, time - times[spike]!);
  }
}

/** Refuse what would make a voltage that is not finite: no voltage exceeds the sum of |V0 w| over the spikes. */
function requireDrive({ scale }: PspKernel, weights: Float64Array, pattern: SpikePattern): void {
  requirePattern(pattern, weights.length);
  let bound = 0;
  for (const input of pattern.inputs) {
    bound += Math.abs(scale * weights[input]!);
  }
  if (!Number.isFinite(bound)) {
    throw new UsageError(
      'tempotron-weights',
      `tempotron: sum of |weights| over the spikes is ${bound}, expected finite`,
    );
  }
}
