/**
 * Data-driven ReRAM model, 2016 form: Messaris, Serb, Khiat, Nikolaidis, Prodromakis, "A Compact Verilog-A ReRAM
 * Switching Model", arXiv 1703.01167, doi 10.48550/arXiv.1703.01167. State: the static resistance R at 0.2 V.
 *
 *   dR/dt = s(v) f(R, v)                                                 eq. 2
 *   f = (r_p(v) - R)^2 while R < r_p(v), v > 0                           eq. 4
 *     = (R - r_n(v))^2 while R > r_n(v), v < 0
 *   r(v) = a_0 + a_1 v                                                   eq. 5
 *   s(v) = A (exp(|v| / t) - 1)                                          eq. 7
 *   R(t) = R_0 + u^2 s t / (1 + u s t), u = distance from R_0 to r(v)    eq. 2 integrated at constant v
 *
 * | here       | paper          | unit          | meaning                                   |
 * |------------|----------------|---------------|-------------------------------------------|
 * | aP, aN     | A_p, A_n       | ohm^-1 s^-1   | switching sensitivity; A_n < 0            |
 * | tP, tN     | t_p, t_n       | V             | voltage scale of the sensitivity          |
 * | a0P, a1P   | a_0, a_1       | ohm, ohm/V    | resistance that a positive pulse tends to |
 * | a0N, a1N   | b_0, b_1       | ohm, ohm/V    | resistance that a negative pulse tends to |
 *
 * Validity: the voltages of the fit, which each set states; the form has no threshold, and below the fitted voltages
 * r(v) still applies, so that a weak pulse may move the state more than a strong one. `vThresholdP` and `vThresholdN`
 * are ours: at or below them the state rests. They are 0 in the published sets. Where a_1 of a polarity is negative a
 * larger voltage of that polarity moves the state less near its end. r_n(v) of a set may fall below zero; `rMin` and
 * `rMax`, ours too, hold the state.
 * Left out: volatility, temperature, and the smoothed step functions of the Verilog-A code. The paper gives no
 * current-voltage curve; the current is ohmic, as in the instrument software that uses the model.
 */
import type { DeviceModel } from '../src/model/device-model.ts';
import type { SchemaOf } from '../src/model/parameter-set.ts';
import type { Amperes, Ohms, Seconds, Unit, Volts } from '../src/units.ts';

type OhmsPerSecond = Unit<'ohm s^-1'>;
type OhmsPerVolt = Unit<'ohm V^-1'>;
type PerOhmSecond = Unit<'ohm^-1 s^-1'>;

/** Parameters of the 2016 form. */
export interface DataDriven2016Parameters {
  readonly aP: PerOhmSecond;
  readonly aN: PerOhmSecond;
  readonly tP: Volts;
  readonly tN: Volts;
  readonly a0P: Ohms;
  readonly a1P: OhmsPerVolt;
  readonly a0N: Ohms;
  readonly a1N: OhmsPerVolt;
  readonly vThresholdP: Volts;
  readonly vThresholdN: Volts;
  readonly rMin: Ohms;
  readonly rMax: Ohms;
}

/** Sensitivity s(v), eq. 7. */
export function sensitivity(v: Volts, p: DataDriven2016Parameters): PerOhmSecond {
  if (v > p.vThresholdP) {
    return p.aP * (Math.exp(v / p.tP) - 1);
  }
  if (v + p.vThresholdN < 0) {
    return p.aN * (Math.exp(Math.abs(v) / p.tN) - 1);
  }
  return 0;
}

/** Distance that is left to the resistance a pulse tends to, eq. 5; 0 beyond it. */
export function distance(v: Volts, x: Ohms, p: DataDriven2016Parameters): Ohms {
  if (v > 0) {
    return Math.max(p.a0P + p.a1P * v - x, 0);
  }
  return Math.max(x - (p.a0N + p.a1N * v), 0);
}

/** dR/dt, eqs. 2 and 4. */
export function rate(v: Volts, x: Ohms, p: DataDriven2016Parameters): OhmsPerSecond {
  const u = distance(v, x, p);
  return sensitivity(v, p) * u * u;
}

/** R after `dt` at constant voltage. */
export function advance(v: Volts, x: Ohms, dt: Seconds, p: DataDriven2016Parameters): Ohms {
  const u = distance(v, x, p);
  const s = sensitivity(v, p);
  return x + (s * u * u * dt) / (1 + Math.abs(s) * u * dt);
}

/** Ohmic current. */
export function current(v: Volts, x: Ohms, _p: DataDriven2016Parameters): Amperes {
  return v / x;
}

/** Smallest resistance of the state. */
export function lowerBound(p: DataDriven2016Parameters): Ohms {
  return p.rMin;
}

/** Largest resistance of the state. */
export function upperBound(p: DataDriven2016Parameters): Ohms {
  return p.rMax;
}

/** The 2016 form of the data-driven ReRAM model. */
export const dataDriven2016: DeviceModel<keyof DataDriven2016Parameters> = {
  name: 'data-driven-2016',
  title: 'Data-driven ReRAM, quadratic window (Messaris 2016)',
  source: 'doi 10.48550/arXiv.1703.01167, eqs. 2-8',
  state: { symbol: 'R', unit: 'ohm', meaning: 'static resistance at the read voltage', conductance: 'falls' },
  setPolarity: -1,
  promises: {
    monotoneInVoltage: (sign, p) => (sign > 0 ? p.a1P : p.a1N) >= 0,
    quietAtZeroVolts: true,
    validVolts: 3,
  },
  parameters: {
    aP: {
      unit: 'ohm^-1 s^-1',
      meaning: 'A_p, switching sensitivity at positive voltage',
      min: 1e-7,
      max: 1e3,
    },
    aN: {
      unit: 'ohm^-1 s^-1',
      meaning: 'A_n, switching sensitivity at negative voltage',
      min: -1e3,
      max: -1e-7,
    },
    tP: { unit: 'V', meaning: 't_p, voltage scale at positive voltage', min: 0.02, max: 10 },
    tN: { unit: 'V', meaning: 't_n, voltage scale at negative voltage', min: 0.02, max: 10 },
    a0P: { unit: 'ohm', meaning: 'a_0, resistance that a positive pulse tends to', min: 100, max: 1e7 },
    a1P: { unit: 'ohm V^-1', meaning: 'a_1, its change with voltage', min: -1e6, max: 1e6 },
    a0N: { unit: 'ohm', meaning: 'b_0, resistance that a negative pulse tends to', min: 100, max: 1e7 },
    a1N: { unit: 'ohm V^-1', meaning: 'b_1, its change with voltage', min: -1e6, max: 1e6 },
    vThresholdP: {
      unit: 'V',
      meaning: 'positive voltage up to which the state rests; 0 as published',
      min: 0,
      max: 5,
    },
    vThresholdN: {
      unit: 'V',
      meaning: 'magnitude of the negative voltage up to which the state rests; 0 as published',
      min: 0,
      max: 5,
    },
    rMin: { unit: 'ohm', meaning: 'smallest resistance of the state', min: 10, max: 1e8 },
    rMax: { unit: 'ohm', meaning: 'largest resistance of the state', min: 10, max: 1e8 },
  } satisfies SchemaOf<DataDriven2016Parameters>,
  rate,
  current,
  advance,
  lowerBound,
  upperBound,
};
