/**
 * Linear ion drift (see linear-ion-drift.ts) with the Joglekar window: Joglekar, Wolf, "The
 * elusive memristor: properties of basic electrical circuits", Eur. J. Phys. 30 (2009), doi 10.1088/0143-0807/30/4/001.
 *
 *   dx/dt = (mu_v R_on / D^2) i f(x),   f = 1 - (2x - 1)^(2p)
 *
 * The window is zero at both bounds: a state that reaches one never leaves it. There is no closed form.
 */
import type { DeviceModel } from '../src/model/device-model.ts';
import type { SchemaOf } from '../src/model/parameter-set.ts';
import type { Dimensionless, Unit, Volts } from '../src/units.ts';
import {
  current,
  linearIonDrift,
  type LinearIonDriftParameters,
  lowerBound,
  rate as freeRate,
  upperBound,
} from './linear-ion-drift.ts';
import { joglekarWindow } from './windows.ts';

export { current, lowerBound, upperBound };

type PerSecond = Unit<'s^-1'>;

/** Parameters of linear ion drift with the Joglekar window. */
export interface JoglekarParameters extends LinearIonDriftParameters {
  readonly p: Dimensionless;
}

/** dx/dt with the window. */
export function rate(v: Volts, x: Dimensionless, p: JoglekarParameters): PerSecond {
  return freeRate(v, x, p) * joglekarWindow(x, p.p);
}

/** Linear ion drift with the Joglekar window. */
export const linearIonDriftJoglekar: DeviceModel<keyof JoglekarParameters> = {
  name: 'linear-ion-drift-joglekar',
  title: 'Linear ion drift, Joglekar window (Joglekar 2009)',
  source: 'doi 10.1038/nature06932, eqs. 5 and 6; doi 10.1088/0143-0807/30/4/001, window',
  state: linearIonDrift.state,
  setPolarity: 1,
  promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, windowed: true, validVolts: 5 },
  parameters: {
    ...linearIonDrift.parameters,
    p: { unit: '1', meaning: 'p, exponent of the window', min: 0.1, max: 100 },
  } satisfies SchemaOf<Pick<JoglekarParameters, 'p'>>,
  rate,
  current,
  lowerBound,
  upperBound,
};
