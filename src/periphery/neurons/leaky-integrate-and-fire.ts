/**
 * Leaky integrate-and-fire in its discrete form, all numbers pure:
 *
 *   U' = beta U + I,   spike where U' > theta,   then U' - drop
 *
 * beta = 1 and drop = theta is integrate-and-fire with soft reset. Some frameworks take the threshold off one step later,
 * U[t+1] = beta U[t] + I[t+1] - S[t] theta: that is drop = theta / beta here.
 *
 * It is the circuit of integrate-and-fire.ts with U = V / V_th, beta = exp(-G dt / C) and I = R I_in / V_th, where R is the
 * circuit's resistance (1 - beta) / G.
 *
 * J. K. Eshraghian et al., Proc. IEEE 111, 1016 (2023), doi 10.1109/JPROC.2023.3308088, eqs. 4 and 5.
 */
import type { NeuronModel } from '../../model/neuron-model.ts';
import type { SchemaOf } from '../../model/parameter-set.ts';
import type { Dimensionless } from '../../units.ts';

/** Parameters of the discrete LIF neuron. */
export interface LeakyIntegrateAndFireParameters {
  readonly beta: Dimensionless;
  readonly theta: Dimensionless;
  readonly drop: Dimensionless;
}

/** Membrane after one step. */
export function stepMembrane(
  u: Dimensionless,
  i: Dimensionless,
  p: LeakyIntegrateAndFireParameters,
): Dimensionless {
  return p.beta * u + i;
}

/** How far the membrane is above the threshold. */
export function overdrive(u: Dimensionless, p: LeakyIntegrateAndFireParameters): Dimensionless {
  return u - p.theta;
}

/** Membrane after a spike. */
export function resetMembrane(u: Dimensionless, p: LeakyIntegrateAndFireParameters): Dimensionless {
  return u - p.drop;
}

/** Leaky integrate-and-fire with soft reset. */
export const leakyIntegrateAndFire: NeuronModel<keyof LeakyIntegrateAndFireParameters, [u: number]> = {
  name: 'lif',
  title: 'Leaky integrate-and-fire, discrete, soft reset',
  source: 'doi 10.1109/JPROC.2023.3308088, eqs. 4 and 5',
  input: { unit: '1', meaning: 'weighted sum of spikes', range: (p) => [-2 * p.theta, 2 * p.theta] },
  states: {
    u: {
      unit: '1',
      meaning: 'membrane',
      start: () => 0,
      range: (p) => [-4 * p.theta, 4 * p.theta],
      step: stepMembrane,
      reset: resetMembrane,
    },
  },
  parameters: {
    beta: { unit: '1', meaning: 'what a step leaves of the membrane', min: 0, max: 1 },
    theta: { unit: '1', meaning: 'threshold', min: 1e-6, max: 1e6 },
    drop: { unit: '1', meaning: 'what a spike takes off the membrane', min: 0, max: 1e6 },
  } satisfies SchemaOf<LeakyIntegrateAndFireParameters>,
  typical: { beta: 0.9, theta: 1, drop: 1 },
  overdrive,
};
