import { ModelDomainError } from '../errors.ts';
import type { Siemens, Volts } from '../units.ts';
import { conductanceAt, type DeviceModel } from './device-model.ts';
import type { ParameterValues } from './parameter-set.ts';

/** Every other step halves the bracket, and no bracket of doubles can be halved more than 1,100 times. */
const maxSteps = 2200;

/**
 * The conductances that the state bounds allow, as a read sees them.
 *
 * @throws ModelDomainError when a read at `readVolts` has no finite, positive conductance
 * @example
 * const { model, set, parameters } = await loadDevice('vteam', 'pt-hf-ti');
 * conductanceRange(model, set.readVolts, parameters); // { min: 0.0004, max: 0.01 }
 */
export function conductanceRange<Name extends string>(
  model: DeviceModel<Name>,
  readVolts: Volts,
  p: ParameterValues<Name>,
): { readonly min: Siemens; readonly max: Siemens } {
  const atLower = conductanceAt(model, readVolts, model.lowerBound(p), p);
  const atUpper = conductanceAt(model, readVolts, model.upperBound(p), p);
  if (!(atLower > 0 && atUpper > 0 && atLower < Infinity && atUpper < Infinity)) {
    throw new ModelDomainError(
      'read-conductance',
      `model ${model.name}: a read at ${readVolts} V gives ${atLower} S and ${atUpper} S at the state bounds, expected finite positive conductances`,
      { details: { model: model.name, readVolts, atLower, atUpper } },
    );
  }
  return { min: Math.min(atLower, atUpper), max: Math.max(atLower, atUpper) };
}

/**
 * Find the state whose conductance at `readVolts` is `conductance`, to the last bits.
 *
 * @throws ModelDomainError for a conductance outside what the state bounds allow
 * @example
 * const { model, set, parameters } = await loadDevice('data-driven-2016', 'neuropack');
 * stateAtConductance(model, set.readVolts, 1e-4, parameters); // 10000 ohm
 */
export function stateAtConductance<Name extends string>(
  model: DeviceModel<Name>,
  readVolts: Volts,
  conductance: Siemens,
  p: ParameterValues<Name>,
): number {
  const { min, max } = conductanceRange(model, readVolts, p);
  if (!(conductance >= min && conductance <= max)) {
    throw new ModelDomainError(
      'conductance-range',
      `model ${model.name}: conductance ${conductance} S at ${readVolts} V is outside the state bounds, allowed ${min} S to ${max} S`,
      { details: { model: model.name, readVolts, found: conductance, allowed: [min, max] } },
    );
  }
  // Resistance is affine in the state of most models, so that interpolating it hits at once.
  const target = 1 / conductance;
  const excess = (x: number): number => 1 / conductanceAt(model, readVolts, x, p) - target;
  let a = model.lowerBound(p);
  let b = model.upperBound(p);
  let excessA = excess(a);
  let excessB = excess(b);
  let best = Math.abs(excessA) <= Math.abs(excessB) ? a : b;
  let residual = Math.min(Math.abs(excessA), Math.abs(excessB));

  for (let step = 0; step < maxSteps && residual > Number.EPSILON * target; step++) {
    const middle = a + (b - a) / 2;
    const crossing = a - (excessA * (b - a)) / (excessB - excessA);
    const x = step % 2 === 0 && crossing > a && crossing < b ? crossing : middle;
    if (x <= a || x >= b) {
      return best; // No double is left between the ends.
    }
    const excessX = excess(x);
    if (Math.abs(excessX) < residual) {
      best = x;
      residual = Math.abs(excessX);
    }
    if (Math.sign(excessX) === Math.sign(excessA)) {
      a = x;
      excessA = excessX;
    } else {
      b = x;
      excessB = excessX;
    }
  }
  return best;
}
