/**
 * Linear ion drift (see linear-ion-drift.ts) with the Prodromakis window: Prodromakis, Peh,
 * Papavassiliou, Toumazou, "A Versatile Memristor Model With Nonlinear Dopant Kinetics", IEEE TED 58 (2011), doi
 * 10.1109/TED.2011.2158004.
 *
 *   dx/dt = (mu_v R_on / D^2) i f(x),   f = j (1 - ((x - 1/2)^2 + 3/4)^p)
 *
 * The window is zero at both bounds: a state that reaches one never leaves it. j scales its height. There is no closed
 * form.
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
import { prodromakisWindow } from './windows.ts';

export { current, lowerBound, upperBound };

type PerSecond = Unit<'s^-1'>;

/** Parameters of linear ion drift with the Prodromakis window. */
export interface ProdromakisParameters extends LinearIonDriftParameters {
  readonly p: Dimensionless;
  readonly j: Dimensionless;
}

/** dx/dt with the window. */
export function rate(v: Volts, x: Dimensionless, p: ProdromakisParameters): PerSecond {
  return freeRate(v, x, p) * prodromakisWindow(x, p.p, p.j);
}

/** Linear ion drift with the Prodromakis window. */
export const linearIonDriftProdromakis: DeviceModel<keyof ProdromakisParameters> = {
  name: 'linear-ion-drift-prodromakis',
  title: 'Linear ion drift, Prodromakis window (Prodromakis 2011)',
  source: 'doi 10.1038/nature06932, eqs. 5 and 6; doi 10.1109/TED.2011.2158004, window',
  state: linearIonDrift.state,
  setPolarity: 1,
  promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, windowed: true, validVolts: 5 },
  parameters: {
    ...linearIonDrift.parameters,
    p: { unit: '1', meaning: 'p, exponent of the window', min: 0.1, max: 100 },
    j: { unit: '1', meaning: 'j, scale of the window', min: 0.01, max: 100 },
  } satisfies SchemaOf<Pick<ProdromakisParameters, 'p' | 'j'>>,
  rate,
  current,
  lowerBound,
  upperBound,
};
