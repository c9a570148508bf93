/**
 * VTEAM, voltage threshold adaptive memristor model: Kvatinsky, Ramadan, Friedman, Kolodny, IEEE TCAS-II 62 (2015)
 * 786-790, doi 10.1109/TCSII.2015.2433536. State: the width x of the undoped region. No window: x stops at its bounds.
 *
 *   dx/dt = k_off (v / v_off - 1)^alpha_off    for 0 < v_off < v
 *         = k_on (v / v_on - 1)^alpha_on       for v < v_on < 0
 *         = 0                                  between the thresholds
 *   v = [R_on + (R_off - R_on) (x - x_on) / (x_off - x_on)] i
 *
 * | here               | paper              | unit | meaning                                     |
 * |--------------------|--------------------|------|---------------------------------------------|
 * | kOff, kOn          | k_off, k_on        | m/s  | speed of the state; k_on < 0                |
 * | alphaOff, alphaOn  | alpha_off, alpha_on| 1    | nonlinearity of the speed                   |
 * | vOff, vOn          | v_off, v_on        | V    | thresholds; v_on < 0                        |
 * | rOff, rOn          | R_off, R_on        | ohm  | resistance at x_off and at x_on             |
 * | xOff, xOn          | x_off, x_on        | m    | bounds of the state                         |
 *
 * At constant voltage the speed is constant, so a pulse has a closed form. Validity: whatever the set was fitted to.
 * Left out: the exponential current-voltage form of the paper.
 */
import type { DeviceModel } from '../src/model/device-model.ts';
import type { SchemaOf } from '../src/model/parameter-set.ts';
import type { Amperes, Dimensionless, Metres, Ohms, Seconds, Unit, Volts } from '../src/units.ts';

type MetresPerSecond = Unit<'m s^-1'>;

/** Parameters of VTEAM without a window. */
export interface VteamParameters {
  readonly kOff: MetresPerSecond;
  readonly kOn: MetresPerSecond;
  readonly alphaOff: Dimensionless;
  readonly alphaOn: Dimensionless;
  readonly vOff: Volts;
  readonly vOn: Volts;
  readonly rOff: Ohms;
  readonly rOn: Ohms;
  readonly xOff: Metres;
  readonly xOn: Metres;
}

/** dx/dt; the base of each power is positive where it is taken. */
export function rate(v: Volts, _x: Metres, p: VteamParameters): MetresPerSecond {
  if (v > p.vOff) {
    return p.kOff * Math.pow(v / p.vOff - 1, p.alphaOff);
  }
  if (v < p.vOn) {
    return p.kOn * Math.pow(v / p.vOn - 1, p.alphaOn);
  }
  return 0;
}

/** x after `dt` at constant voltage. */
export function advance(v: Volts, x: Metres, dt: Seconds, p: VteamParameters): Metres {
  return x + rate(v, x, p) * dt;
}

/** Current of the linear form. */
export function current(v: Volts, x: Metres, p: VteamParameters): Amperes {
  return v / (p.rOn + ((p.rOff - p.rOn) * (x - p.xOn)) / (p.xOff - p.xOn));
}

/** Width at which the device is fully on. */
export function lowerBound(p: VteamParameters): Metres {
  return p.xOn;
}

/** Width at which the device is fully off. */
export function upperBound(p: VteamParameters): Metres {
  return p.xOff;
}

/** VTEAM without a window. */
export const vteam: DeviceModel<keyof VteamParameters> = {
  name: 'vteam',
  title: 'VTEAM without window (Kvatinsky 2015)',
  source: 'doi 10.1109/TCSII.2015.2433536, state equation and linear current-voltage equation',
  state: { symbol: 'x', unit: 'm', meaning: 'width of the undoped region', conductance: 'falls' },
  setPolarity: -1,
  promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, validVolts: 5 },
  parameters: {
    kOff: { unit: 'm s^-1', meaning: 'k_off, speed at twice the threshold v_off', min: 1e-12, max: 1e4 },
    kOn: { unit: 'm s^-1', meaning: 'k_on, speed at twice the threshold v_on', min: -1e4, max: -1e-12 },
    alphaOff: { unit: '1', meaning: 'alpha_off, nonlinearity above v_off', min: 0.1, max: 20 },
    alphaOn: { unit: '1', meaning: 'alpha_on, nonlinearity below v_on', min: 0.1, max: 20 },
    vOff: { unit: 'V', meaning: 'v_off, positive threshold', min: 1e-3, max: 10 },
    vOn: { unit: 'V', meaning: 'v_on, negative threshold', min: -10, max: -1e-3 },
    rOff: { unit: 'ohm', meaning: 'R_off, resistance at x_off', min: 10, max: 1e12 },
    rOn: { unit: 'ohm', meaning: 'R_on, resistance at x_on', min: 1, max: 1e8 },
    xOff: { unit: 'm', meaning: 'x_off, largest width of the undoped region', min: 1e-10, max: 1e-6 },
    xOn: { unit: 'm', meaning: 'x_on, smallest width of the undoped region', min: 0, max: 1e-6 },
  } satisfies SchemaOf<VteamParameters>,
  rate,
  current,
  advance,
  lowerBound,
  upperBound,
};
