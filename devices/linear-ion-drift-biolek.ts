/**
 * Linear ion drift (see linear-ion-drift.ts) with the Biolek window: Biolek, Biolek,
 * Biolkova, "SPICE Model of Memristor with Nonlinear Dopant Drift", Radioengineering 18 (2009) 210-214.
 *
 *   dx/dt = (mu_v R_on / D^2) i f(x),   f = 1 - (x - stp(-i))^(2p)
 *
 * The window is zero only at the bound that the state moves to, so that it never sticks. There is no closed form.
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
import { biolekWindow } from './windows.ts';

export { current, lowerBound, upperBound };

type PerSecond = Unit<'s^-1'>;

/** Parameters of linear ion drift with the Biolek window. */
export interface BiolekParameters extends LinearIonDriftParameters {
  readonly p: Dimensionless;
}

/** dx/dt with the window. */
export function rate(v: Volts, x: Dimensionless, p: BiolekParameters): PerSecond {
  return freeRate(v, x, p) * biolekWindow(x, p.p, v);
}

/** Linear ion drift with the Biolek window. */
export const linearIonDriftBiolek: DeviceModel<keyof BiolekParameters> = {
  name: 'linear-ion-drift-biolek',
  title: 'Linear ion drift, Biolek window (Biolek 2009)',
  source: 'doi 10.1038/nature06932, eqs. 5 and 6; Radioengineering 18 (2009) 210-214, window',
  state: linearIonDrift.state,
  setPolarity: 1,
  promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, windowed: true, validVolts: 5 },
  parameters: {
    ...linearIonDrift.parameters,
    p: { unit: '1', meaning: 'p, exponent of the window', min: 0.1, max: 100 },
  } satisfies SchemaOf<Pick<BiolekParameters, 'p'>>,
  rate,
  current,
  lowerBound,
  upperBound,
};
