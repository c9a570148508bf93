/**
 * Izhikevich's neuron, in SI units and steps of forward Euler:
 *
 *   dv/dt = k v^2 + m v + n - u + I,   du/dt = a (b v - u),   spike where v > v_peak, then v = c, u + d
 *
 * The paper counts in mV and ms: k = 0.04 / (mV ms), m = 5 / ms, n = 140 mV / ms, and I and u in mV / ms. Its `a` and `b`
 * are 1 / ms, its `d` is mV / ms. A step of 0.1 ms or less is close to the continuous equation; with the 1 ms that is often
 * used the neuron spikes at other times.
 *
 * E. M. Izhikevich, IEEE Trans. Neural Networks 14, 1569 (2003), doi 10.1109/TNN.2003.820440, eqs. 1 to 3.
 */
import type { NeuronModel } from '../../model/neuron-model.ts';
import type { SchemaOf } from '../../model/parameter-set.ts';
import type { Seconds, Unit, Volts } from '../../units.ts';

type PerSecond = Unit<'s^-1'>;
type PerVoltSecond = Unit<'V^-1 s^-1'>;
type VoltsPerSecond = Unit<'V s^-1'>;

const k: PerVoltSecond = 4e4;
const m: PerSecond = 5e3;
const n: VoltsPerSecond = 140;

/** Parameters of Izhikevich's neuron. */
export interface IzhikevichParameters {
  readonly a: PerSecond;
  readonly b: PerSecond;
  readonly c: Volts;
  readonly d: VoltsPerSecond;
  readonly peak: Volts;
  readonly step: Seconds;
}

/** Membrane after one step, eq. 1. */
export function stepMembrane(v: Volts, u: VoltsPerSecond, i: VoltsPerSecond, p: IzhikevichParameters): Volts {
  return v + p.step * (k * v * v + m * v + n - u + i);
}

/** Recovery after one step, eq. 2. */
export function stepRecovery(
  v: Volts,
  u: VoltsPerSecond,
  _i: VoltsPerSecond,
  p: IzhikevichParameters,
): VoltsPerSecond {
  return u + p.step * p.a * (p.b * v - u);
}

/** How far the membrane is above the peak of a spike. */
export function overdrive(v: Volts, _u: VoltsPerSecond, p: IzhikevichParameters): Volts {
  return v - p.peak;
}

/** Membrane after a spike, eq. 3. */
export function resetMembrane(_v: Volts, _u: VoltsPerSecond, p: IzhikevichParameters): Volts {
  return p.c;
}

/** Recovery after a spike, eq. 3. */
export function resetRecovery(_v: Volts, u: VoltsPerSecond, p: IzhikevichParameters): VoltsPerSecond {
  return u + p.d;
}

/** Izhikevich's neuron; its typical parameters are those of regular spiking. */
export const izhikevich: NeuronModel<keyof IzhikevichParameters, [v: number, u: number]> = {
  name: 'izhikevich',
  title: 'Izhikevich (2003), forward Euler',
  source: 'doi 10.1109/TNN.2003.820440, eqs. 1 to 3',
  input: { unit: 'V s^-1', meaning: 'input I', range: () => [-64, 64] },
  states: {
    v: {
      unit: 'V',
      meaning: 'membrane',
      start: (p) => p.c,
      range: () => [-0.125, 0.125],
      step: stepMembrane,
      reset: resetMembrane,
    },
    u: {
      unit: 'V s^-1',
      meaning: 'recovery',
      start: (p) => p.b * p.c,
      range: () => [-64, 64],
      step: stepRecovery,
      reset: resetRecovery,
    },
  },
  parameters: {
    a: { unit: 's^-1', meaning: 'a, speed of the recovery', min: 1, max: 1e3 },
    b: { unit: 's^-1', meaning: 'b, how the recovery follows the membrane', min: -1e4, max: 1e4 },
    c: { unit: 'V', meaning: 'c, membrane after a spike', min: -0.12, max: 0 },
    d: { unit: 'V s^-1', meaning: 'd, what a spike adds to the recovery', min: -50, max: 50 },
    peak: { unit: 'V', meaning: 'v_peak, membrane at which a spike is cut off', min: 0, max: 0.1 },
    step: { unit: 's', meaning: 'dt, length of a step', min: 1e-7, max: 1e-3 },
  } satisfies SchemaOf<IzhikevichParameters>,
  typical: { a: 20, b: 200, c: -0.065, d: 8, peak: 0.03, step: 1e-4 },
  overdrive,
};
