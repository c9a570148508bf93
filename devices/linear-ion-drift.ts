/**
 * Linear ion drift: Strukov, Snider, Stewart, Williams, "The missing memristor found", Nature 453 (2008) 80-83, doi
 * 10.1038/nature06932. State: the doped fraction x = w/D of the film. No window: x stops at its bounds.
 *
 *   v = [R_on x + R_off (1 - x)] i                                       eq. 5
 *   dx/dt = (mu_v R_on / D^2) i                                          eq. 6
 *   R(t)^2 = R(0)^2 - 2 (R_off - R_on) (mu_v R_on / D^2) v t             at constant v
 *
 * | here      | paper       | unit     | meaning                            |
 * |-----------|-------------|----------|------------------------------------|
 * | rOn, rOff | R_on, R_off | ohm      | resistance fully doped and undoped |
 * | thickness | D           | m        | thickness of the film              |
 * | mobility  | mu_v        | m^2/(V s)| drift mobility of the dopants      |
 *
 * Validity: a teaching model. It has no threshold, so every read moves the state, and no measured device follows it
 * closely. Left out: nonlinear drift; for the windows see linear-ion-drift-joglekar.ts and its neighbours.
 */
import type { DeviceModel } from '../src/model/device-model.ts';
import type { SchemaOf } from '../src/model/parameter-set.ts';
import type { Amperes, Dimensionless, Metres, Ohms, Seconds, Unit, Volts } from '../src/units.ts';

type PerSecond = Unit<'s^-1'>;
type OhmsPerVoltSecond = Unit<'ohm V^-1 s^-1'>;
type SquareMetresPerVoltSecond = Unit<'m^2 V^-1 s^-1'>;

/** Parameters of linear ion drift. */
export interface LinearIonDriftParameters {
  readonly rOn: Ohms;
  readonly rOff: Ohms;
  readonly thickness: Metres;
  readonly mobility: SquareMetresPerVoltSecond;
}

/** Resistance of a state, eq. 5. */
export function resistance(x: Dimensionless, p: LinearIonDriftParameters): Ohms {
  return p.rOn * x + p.rOff * (1 - x);
}

/** mu_v R_on / D^2: drift of the state per unit of charge. */
export function driftPerCharge(p: LinearIonDriftParameters): OhmsPerVoltSecond {
  return (p.mobility * p.rOn) / (p.thickness * p.thickness);
}

/** Current, eq. 5. */
export function current(v: Volts, x: Dimensionless, p: LinearIonDriftParameters): Amperes {
  return v / resistance(x, p);
}

/** dx/dt, eq. 6. */
export function rate(v: Volts, x: Dimensionless, p: LinearIonDriftParameters): PerSecond {
  return driftPerCharge(p) * current(v, x, p);
}

/** x after `dt` at constant voltage. */
export function advance(v: Volts, x: Dimensionless, dt: Seconds, p: LinearIonDriftParameters): Dimensionless {
  const before = resistance(x, p);
  const drift = driftPerCharge(p) * v * dt;
  const square = before * before - 2 * (p.rOff - p.rOn) * drift;
  // A square below R_on^2 is past the bound, and so is the state that then comes out.
  const after = Math.sqrt(Math.max(square, 0));
  return x + (2 * drift) / (before + after);
}

/** Doped fraction of the undoped film. */
export function lowerBound(_p: LinearIonDriftParameters): Dimensionless {
  return 0;
}

/** Doped fraction of the fully doped film. */
export function upperBound(_p: LinearIonDriftParameters): Dimensionless {
  return 1;
}

/** Linear ion drift without a window. */
export const linearIonDrift: DeviceModel<keyof LinearIonDriftParameters> = {
  name: 'linear-ion-drift',
  title: 'Linear ion drift without window (Strukov 2008)',
  source: 'doi 10.1038/nature06932, eqs. 5 and 6',
  state: { symbol: 'x', unit: '1', meaning: 'doped fraction of the film', conductance: 'rises' },
  setPolarity: 1,
  promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, validVolts: 5 },
  parameters: {
    rOn: { unit: 'ohm', meaning: 'R_on, resistance of the fully doped film', min: 1, max: 1e6 },
    rOff: { unit: 'ohm', meaning: 'R_off, resistance of the undoped film', min: 10, max: 1e10 },
    thickness: { unit: 'm', meaning: 'D, thickness of the film', min: 1e-10, max: 1e-6 },
    mobility: { unit: 'm^2 V^-1 s^-1', meaning: 'mu_v, drift mobility', min: 1e-18, max: 1e-10 },
  } satisfies SchemaOf<LinearIonDriftParameters>,
  rate,
  current,
  advance,
  lowerBound,
  upperBound,
};
