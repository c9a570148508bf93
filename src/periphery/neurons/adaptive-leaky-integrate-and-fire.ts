/**
 * Adaptive leaky integrate-and-fire (ALIF) in its discrete form, all numbers pure: every spike raises the threshold.
 *
 *   V' = alpha V + I,   a' = rho a,   spike where V' > theta + beta a' and the refractory time is over,
 *   then V' - drop, a' + jump
 *
 * The form of e-prop, V[t+1] = alpha V[t] + I - z[t] theta, a[t+1] = rho a[t] + z[t], is drop = theta / alpha and
 * jump = 1 / rho here. The membrane integrates during the refractory time; only the spike is withheld.
 *
 * G. Bellec et al., Nat. Commun. 11, 3625 (2020), doi 10.1038/s41467-020-17236-y, eqs. 6 to 9.
 */
import type { NeuronModel } from '../../model/neuron-model.ts';
import type { SchemaOf } from '../../model/parameter-set.ts';
import type { Dimensionless } from '../../units.ts';

/** Parameters of the ALIF neuron. */
export interface AdaptiveParameters {
  readonly alpha: Dimensionless;
  readonly rho: Dimensionless;
  readonly theta: Dimensionless;
  readonly beta: Dimensionless;
  readonly drop: Dimensionless;
  readonly jump: Dimensionless;
  readonly refractory: Dimensionless;
}

/** Membrane after one step. */
export function stepMembrane(
  v: Dimensionless,
  _a: Dimensionless,
  _rest: Dimensionless,
  i: Dimensionless,
  p: AdaptiveParameters,
): Dimensionless {
  return p.alpha * v + i;
}

/** Adaptation after one step. */
export function stepAdaptation(
  _v: Dimensionless,
  a: Dimensionless,
  _rest: Dimensionless,
  _i: Dimensionless,
  p: AdaptiveParameters,
): Dimensionless {
  return p.rho * a;
}

/** Steps for which no spike may follow. */
export function stepRest(
  _v: Dimensionless,
  _a: Dimensionless,
  rest: Dimensionless,
  _i: Dimensionless,
  _p: AdaptiveParameters,
): Dimensionless {
  return Math.max(rest - 1, 0);
}

/** How far the membrane is above the threshold of the moment; below 0 during the refractory time. */
export function overdrive(
  v: Dimensionless,
  a: Dimensionless,
  rest: Dimensionless,
  p: AdaptiveParameters,
): Dimensionless {
  if (rest > 0) {
    return -1;
  }
  return v - (p.theta + p.beta * a);
}

/** Membrane after a spike. */
export function resetMembrane(
  v: Dimensionless,
  _a: Dimensionless,
  _rest: Dimensionless,
  p: AdaptiveParameters,
): Dimensionless {
  return v - p.drop;
}

/** Adaptation after a spike. */
export function resetAdaptation(
  _v: Dimensionless,
  a: Dimensionless,
  _rest: Dimensionless,
  p: AdaptiveParameters,
): Dimensionless {
  return a + p.jump;
}

/** The next spike may come `refractory + 1` steps later at the earliest. */
export function resetRest(
  _v: Dimensionless,
  _a: Dimensionless,
  _rest: Dimensionless,
  p: AdaptiveParameters,
): Dimensionless {
  return p.refractory + 1;
}

/** Leaky integrate-and-fire whose threshold rises with every spike. */
export const adaptiveLeakyIntegrateAndFire: NeuronModel<
  keyof AdaptiveParameters,
  [v: number, a: number, rest: number]
> = {
  name: 'alif',
  title: 'Adaptive leaky integrate-and-fire, discrete, soft reset',
  source: 'doi 10.1038/s41467-020-17236-y, eqs. 6 to 9',
  input: { unit: '1', meaning: 'weighted sum of spikes', range: (p) => [-2 * p.theta, 2 * p.theta] },
  states: {
    v: {
      unit: '1',
      meaning: 'membrane',
      start: () => 0,
      range: (p) => [-8 * p.theta, 8 * p.theta],
      step: stepMembrane,
      reset: resetMembrane,
    },
    a: {
      unit: '1',
      meaning: 'adaptation',
      start: () => 0,
      // What it settles at where the neuron spikes as often as it can.
      range: (p) => [0, p.jump / (1 - p.rho ** (p.refractory + 1))],
      step: stepAdaptation,
      reset: resetAdaptation,
    },
    rest: {
      unit: '1',
      meaning: 'steps for which no spike may follow',
      start: () => 0,
      range: (p) => [0, p.refractory + 1],
      step: stepRest,
      reset: resetRest,
    },
  },
  parameters: {
    alpha: { unit: '1', meaning: 'what a step leaves of the membrane', min: 0, max: 1 },
    rho: { unit: '1', meaning: 'what a step leaves of the adaptation', min: 0, max: 0.99999 },
    theta: { unit: '1', meaning: 'threshold without adaptation', min: 1e-6, max: 1e6 },
    beta: { unit: '1', meaning: 'threshold per unit of adaptation', min: 0, max: 1e6 },
    drop: { unit: '1', meaning: 'what a spike takes off the membrane', min: 0, max: 1e6 },
    jump: { unit: '1', meaning: 'what a spike adds to the adaptation', min: 0, max: 1e6 },
    refractory: { unit: '1', meaning: 'whole steps after a spike without another', min: 0, max: 1000 },
  } satisfies SchemaOf<AdaptiveParameters>,
  typical: {
    alpha: 0.8,
    rho: 0.975,
    theta: 1.6,
    beta: 0.184,
    drop: 2,
    jump: 1 / 0.975,
    refractory: 2,
  },
  overdrive,
};
