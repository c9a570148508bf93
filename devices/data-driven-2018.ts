/**
 * Data-driven ReRAM model, 2018 form: Messaris, Serb, Stathopoulos, Khiat, Nikolaidis, Prodromakis, "A Data-Driven
 * Verilog-A ReRAM Model", IEEE TCAD 37 (2018), doi 10.1109/TCAD.2018.2791468. State: the static resistance R at the
 * read voltage.
 *
 *   i = a sinh(b v) / R                                                  eq. 3
 *   dR/dt = s(v) f(R, v)                                                 eq. 4
 *   s(v) = A (exp(t |v|) - 1)                                            eq. 5
 *   f = exp(e) - 1 while e > 0, e = eta k_p (r_p(v) - R) for v > 0       eq. 6
 *                               e = eta k_n (R - r_n(v)) for v < 0
 *   r(v) = r_0 + r_1 v + r_2 v^2                                         eq. 7
 *   R(t) = R_0 + direction ln(q + (1 - q) exp(e_0)) / k, q = exp(-k |s| t)    eqs. 9 and 10
 *
 * The paper prints the condition of f as R < eta r_p and R > eta r_n, which for eta = -1 holds never or always; e > 0
 * is what its figures show. Its eq. 10 lacks a minus sign. The last line above is both equations, written from the
 * starting state with a sum of positive terms, so that no exponential overflows or cancels.
 *
 * | here                 | paper    | unit    | meaning                                              |
 * |----------------------|----------|---------|------------------------------------------------------|
 * | ivScaleP, ivScaleN   | a_p, a_n | V       | scale of the current                                 |
 * | ivSlopeP, ivSlopeN   | b_p, b_n | 1/V     | voltage nonlinearity of the current                  |
 * | aP, aN               | A_p, A_n | ohm/s   | switching sensitivity; eta A_p > 0, eta A_n < 0      |
 * | tP, tN               | t_p, t_n | 1/V     | voltage dependence of the sensitivity                |
 * | kP, kN               | k_p, k_n | 1/ohm   | steepness of the window                              |
 * | r0P .. r2N           | r_p, r_n | ohm ..  | resistance that a pulse tends to                     |
 * | eta                  | eta      | 1       | 1: V > 0 raises R; -1: V > 0 lowers R                |
 *
 * Validity: the voltages of the fit, which each set states. `rMin` and `rMax` are ours and hold the state.
 * Left out: temperature, volatility, and the smoothed step functions of the Verilog-A code.
 */
import type { DeviceModel } from '../src/model/device-model.ts';
import type { ParameterValues, SchemaOf } from '../src/model/parameter-set.ts';
import type { Amperes, Dimensionless, Ohms, Seconds, Unit, Volts } from '../src/units.ts';
import { decayed } from './decayed.ts';

type OhmsPerSecond = Unit<'ohm s^-1'>;
type OhmsPerVolt = Unit<'ohm V^-1'>;
type OhmsPerVoltSquared = Unit<'ohm V^-2'>;
type PerOhm = Unit<'ohm^-1'>;
type PerVolt = Unit<'V^-1'>;

/** Parameters of the 2018 form. */
export interface DataDriven2018Parameters {
  readonly ivScaleP: Volts;
  readonly ivScaleN: Volts;
  readonly ivSlopeP: PerVolt;
  readonly ivSlopeN: PerVolt;
  readonly aP: OhmsPerSecond;
  readonly aN: OhmsPerSecond;
  readonly tP: PerVolt;
  readonly tN: PerVolt;
  readonly kP: PerOhm;
  readonly kN: PerOhm;
  readonly r0P: Ohms;
  readonly r1P: OhmsPerVolt;
  readonly r2P: OhmsPerVoltSquared;
  readonly r0N: Ohms;
  readonly r1N: OhmsPerVolt;
  readonly r2N: OhmsPerVoltSquared;
  readonly eta: Dimensionless;
  readonly rMin: Ohms;
  readonly rMax: Ohms;
}

/** Sensitivity s(v), eq. 5. */
export function sensitivity(v: Volts, p: DataDriven2018Parameters): OhmsPerSecond {
  if (v > 0) {
    return p.aP * (Math.exp(p.tP * v) - 1);
  }
  return p.aN * (Math.exp(p.tN * Math.abs(v)) - 1);
}

/** Exponent e of the window, eqs. 6 and 7; 0 where the state rests. */
export function windowExponent(v: Volts, x: Ohms, p: DataDriven2018Parameters): Dimensionless {
  if (v > 0) {
    return Math.max(p.eta * p.kP * (p.r0P + p.r1P * v + p.r2P * v * v - x), 0);
  }
  return Math.max(p.eta * p.kN * (x - (p.r0N + p.r1N * v + p.r2N * v * v)), 0);
}

/** Exponent of the window beyond which the rate is as good as infinite; it keeps the rate a finite number. */
const largestExponent: Dimensionless = 600;

/** dR/dt, eqs. 4 to 6. */
export function rate(v: Volts, x: Ohms, p: DataDriven2018Parameters): OhmsPerSecond {
  return sensitivity(v, p) * (Math.exp(Math.min(windowExponent(v, x, p), largestExponent)) - 1);
}

/** ln(exp(-y) + (1 - exp(-y)) exp(e)) for e >= 0 and y >= 0, whatever their size. */
export function logRelaxation(e: Dimensionless, y: Dimensionless): Dimensionless {
  if (e <= 0) {
    return 0;
  }
  const share = decayed(y);
  if (share <= 0) {
    return 0;
  }
  const grown = e + Math.log(share);
  const ahead = grown + y;
  if (ahead > 0) {
    return grown + Math.log(1 + Math.exp(-ahead));
  }
  return Math.log(1 + Math.exp(ahead)) - y;
}

/** R after `dt` at constant voltage, eqs. 9 and 10. */
export function advance(v: Volts, x: Ohms, dt: Seconds, p: DataDriven2018Parameters): Ohms {
  const e = windowExponent(v, x, p);
  const s = sensitivity(v, p);
  if (v > 0) {
    return x + (p.eta / p.kP) * logRelaxation(e, p.kP * Math.abs(s) * dt);
  }
  return x - (p.eta / p.kN) * logRelaxation(e, p.kN * Math.abs(s) * dt);
}

/** Current, eq. 3. */
export function current(v: Volts, x: Ohms, p: DataDriven2018Parameters): Amperes {
  if (v > 0) {
    return (p.ivScaleP * Math.sinh(p.ivSlopeP * v)) / x;
  }
  return (p.ivScaleN * Math.sinh(p.ivSlopeN * v)) / x;
}

/** Smallest resistance of the state. */
export function lowerBound(p: DataDriven2018Parameters): Ohms {
  return p.rMin;
}

/** Largest resistance of the state. */
export function upperBound(p: DataDriven2018Parameters): Ohms {
  return p.rMax;
}

/** Whether a larger |v| of one sign, up to `limit`, always moves r(v) further in the direction of the pulse. */
export function isMonotone(
  sign: 1 | -1,
  limit: Volts,
  p: ParameterValues<keyof DataDriven2018Parameters>,
): boolean {
  const r1 = sign > 0 ? p.r1P : p.r1N;
  const r2 = sign > 0 ? p.r2P : p.r2N;
  return p.eta * r1 >= 0 && p.eta * (r1 + 2 * r2 * sign * limit) >= 0;
}

const validVolts: Volts = 3;

/** The 2018 form for devices whose resistance a positive voltage raises (eta = 1). */
export const dataDriven2018: DeviceModel<keyof DataDriven2018Parameters> = {
  name: 'data-driven-2018',
  title: 'Data-driven ReRAM, exponential window (Messaris 2018), V > 0 raises R',
  source: 'doi 10.1109/TCAD.2018.2791468, eqs. 3-10',
  state: { symbol: 'R', unit: 'ohm', meaning: 'static resistance at the read voltage', conductance: 'falls' },
  setPolarity: -1,
  promises: {
    monotoneInVoltage: (sign, p) => isMonotone(sign, validVolts, p),
    quietAtZeroVolts: true,
    validVolts,
  },
  parameters: {
    ivScaleP: { unit: 'V', meaning: 'a_p, scale of the current at positive voltage', min: 1e-4, max: 1e4 },
    ivScaleN: { unit: 'V', meaning: 'a_n, scale of the current at negative voltage', min: 1e-4, max: 1e4 },
    ivSlopeP: { unit: 'V^-1', meaning: 'b_p, current nonlinearity at positive voltage', min: 1e-3, max: 50 },
    ivSlopeN: { unit: 'V^-1', meaning: 'b_n, current nonlinearity at negative voltage', min: 1e-3, max: 50 },
    aP: { unit: 'ohm s^-1', meaning: 'A_p, switching sensitivity at positive voltage', min: 1e-6, max: 1e12 },
    aN: {
      unit: 'ohm s^-1',
      meaning: 'A_n, switching sensitivity at negative voltage',
      min: -1e12,
      max: -1e-6,
    },
    tP: { unit: 'V^-1', meaning: 't_p, its voltage dependence at positive voltage', min: 1e-4, max: 50 },
    tN: { unit: 'V^-1', meaning: 't_n, its voltage dependence at negative voltage', min: 1e-4, max: 50 },
    kP: { unit: 'ohm^-1', meaning: 'k_p, steepness of the window at positive voltage', min: 1e-8, max: 1 },
    kN: { unit: 'ohm^-1', meaning: 'k_n, steepness of the window at negative voltage', min: 1e-8, max: 1 },
    r0P: { unit: 'ohm', meaning: 'r_p0, resistance that a positive pulse tends to', min: 1, max: 1e9 },
    r1P: { unit: 'ohm V^-1', meaning: 'r_p1, its change with voltage', min: -1e8, max: 1e8 },
    r2P: { unit: 'ohm V^-2', meaning: 'r_p2, its change with voltage squared', min: -1e8, max: 1e8 },
    r0N: { unit: 'ohm', meaning: 'r_n0, resistance that a negative pulse tends to', min: 1, max: 1e9 },
    r1N: { unit: 'ohm V^-1', meaning: 'r_n1, its change with voltage', min: -1e8, max: 1e8 },
    r2N: { unit: 'ohm V^-2', meaning: 'r_n2, its change with voltage squared', min: -1e8, max: 1e8 },
    eta: { unit: '1', meaning: 'eta, 1 where a positive voltage raises the resistance', min: 1, max: 1 },
    rMin: { unit: 'ohm', meaning: 'smallest resistance of the state', min: 1, max: 1e9 },
    rMax: { unit: 'ohm', meaning: 'largest resistance of the state', min: 1, max: 1e9 },
  } satisfies SchemaOf<DataDriven2018Parameters>,
  rate,
  current,
  advance,
  lowerBound,
  upperBound,
};
