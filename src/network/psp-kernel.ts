import { UsageError } from '../errors.ts';
import type { Dimensionless, Seconds } from '../units.ts';

/** Postsynaptic potential that one spike evokes through a synapse of weight 1. */
export interface PspKernel {
  /** Decay of the membrane. */
  readonly tau: Seconds;
  /** Decay of the synaptic current. */
  readonly tauSynapse: Seconds;
  /** Time of the peak after the spike. */
  readonly peak: Seconds;
  /** V0, for which the peak is 1. */
  readonly scale: Dimensionless;
}

/**
 * Normalise the postsynaptic potential of two decays to a peak of 1.
 *
 * @throws UsageError unless tau > tauSynapse > 0, and far enough apart for their difference to be told
 * @source R. Guetig, H. Sompolinsky, Nat. Neurosci. 9, 420 (2006), doi 10.1038/nn1643
 * @example
 * createPspKernel(20e-3, 5e-3).peak; // 9.242e-3
 */
export function createPspKernel(tau: Seconds, tauSynapse: Seconds): PspKernel {
  const peak = ((tau * tauSynapse) / (tau - tauSynapse)) * Math.log(tau / tauSynapse);
  const scale = 1 / (Math.exp(-peak / tau) - Math.exp(-peak / tauSynapse));
  if (!(tauSynapse > 0 && tau > tauSynapse && Number.isFinite(scale) && scale > 0)) {
    throw new UsageError(
      'psp-kernel',
      `postsynaptic potential: tau is ${tau} s and tauSynapse ${tauSynapse} s, expected tau > tauSynapse > 0`,
    );
  }
  return { tau, tauSynapse, peak, scale };
}

/**
 * Evaluate K(t) = V0 (exp(-t / tau) - exp(-t / tauSynapse)), which is 0 before the spike.
 *
 * @param time - since the spike
 * @source R. Guetig, H. Sompolinsky, Nat. Neurosci. 9, 420 (2006), doi 10.1038/nn1643
 * @example
 * const kernel = createPspKernel(20e-3, 5e-3);
 * postsynapticPotential(kernel, kernel.peak); // 1.000
 */
export function postsynapticPotential({ tau, tauSynapse, scale }: PspKernel, time: Seconds): Dimensionless {
  return time > 0 ? scale * (Math.exp(-time / tau) - Math.exp(-time / tauSynapse)) : 0;
}
