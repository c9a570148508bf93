/**
 * VTEAM (see vteam.ts) with the Kvatinsky windows of its forerunner TEAM: Kvatinsky, Friedman, Kolodny, Weiser, IEEE
 * TCAS-I 60 (2013) 211-221, doi 10.1109/TCSI.2012.2215714. They fit the Simmons tunnel barrier.
 *
 *   dx/dt = k (v / v_threshold - 1)^alpha f(x),   f_off = exp(-exp((x - a_off) / w_c)) for v > v_off
 *                                                 f_on  = exp(-exp((a_on - x) / w_c))  for v < v_on
 *
 * | here      | paper       | unit | meaning                                             |
 * |-----------|-------------|------|-----------------------------------------------------|
 * | aOff, aOn | a_off, a_on | m    | width at which the state has slowed down to 1/e     |
 * | wC        | w_c         | m    | width over which it does                            |
 *
 * There is no closed form; the state is integrated.
 */
import type { DeviceModel } from '../src/model/device-model.ts';
import type { SchemaOf } from '../src/model/parameter-set.ts';
import type { Metres, Unit, Volts } from '../src/units.ts';
import { current, lowerBound, rate as freeRate, upperBound, vteam, type VteamParameters } from './vteam.ts';
import { kvatinskyOffWindow, kvatinskyOnWindow } from './windows.ts';

export { current, lowerBound, upperBound };

type MetresPerSecond = Unit<'m s^-1'>;

/** Parameters of VTEAM with Kvatinsky windows. */
export interface VteamKvatinskyParameters extends VteamParameters {
  readonly aOff: Metres;
  readonly aOn: Metres;
  readonly wC: Metres;
}

/** dx/dt with the window of the direction of motion. */
export function rate(v: Volts, x: Metres, p: VteamKvatinskyParameters): MetresPerSecond {
  if (v > 0) {
    return freeRate(v, x, p) * kvatinskyOffWindow(x, p.aOff, p.wC);
  }
  return freeRate(v, x, p) * kvatinskyOnWindow(x, p.aOn, p.wC);
}

/** VTEAM with Kvatinsky windows. */
export const vteamKvatinsky: DeviceModel<keyof VteamKvatinskyParameters> = {
  name: 'vteam-kvatinsky',
  title: 'VTEAM with Kvatinsky windows (Kvatinsky 2015, 2013)',
  source: 'doi 10.1109/TCSII.2015.2433536, state equation; doi 10.1109/TCSI.2012.2215714, windows',
  state: vteam.state,
  setPolarity: -1,
  promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, validVolts: 5 },
  parameters: {
    ...vteam.parameters,
    aOff: { unit: 'm', meaning: 'a_off, width at which growth slows down', min: 0, max: 1e-6 },
    aOn: { unit: 'm', meaning: 'a_on, width at which shrinking slows down', min: 0, max: 1e-6 },
    wC: { unit: 'm', meaning: 'w_c, width over which the speed falls', min: 1e-13, max: 1e-8 },
  } satisfies SchemaOf<Pick<VteamKvatinskyParameters, 'aOff' | 'aOn' | 'wC'>>,
  rate,
  current,
  lowerBound,
  upperBound,
};
