import type { Seconds, Siemens, Volts } from '../units.ts';
import { conductanceAt, type DeviceModel } from './device-model.ts';
import type { ParameterValues } from './parameter-set.ts';
import { conductanceRange, stateAtConductance } from './state-at-conductance.ts';
import { advanceState } from './state-integrator.ts';

/**
 * Predict the conductance after a pulse from the conductance that was read before it. A reading outside the state
 * bounds, as noise may give, counts as the nearest bound.
 *
 * @returns siemens, at `readVolts`
 */
export function predictConductance<Name extends string>(
  model: DeviceModel<Name>,
  p: ParameterValues<Name>,
  readVolts: Volts,
  from: Siemens,
  volts: Volts,
  width: Seconds,
): Siemens {
  const { min, max } = conductanceRange(model, readVolts, p);
  const state = stateAtConductance(model, readVolts, Math.min(Math.max(from, min), max), p);
  return conductanceAt(model, readVolts, advanceState(model, volts, state, width, p), p);
}
