import { ModelDomainError, SolverError } from '../errors.ts';
import type { Seconds, Volts } from '../units.ts';
import type { DeviceModel } from './device-model.ts';
import { dormandPrinceStep } from './dormand-prince.ts';
import type { ParameterValues } from './parameter-set.ts';

export interface IntegratorOptions {
  /** Local error of one step over the distance from the bound that the state moves away from. */
  readonly relativeTolerance?: number;
  /** Most trial steps, accepted or not. */
  readonly maxSteps?: number;
}

/** A state this near to the bound it moves to, as a fraction of the state range, has arrived. */
const arrival = 1e-12;

/**
 * Advance the state of a device at constant voltage: by the closed form where the model has one, else by
 * integration. The state stops at the bounds.
 *
 * @param x - state at the start, inside the bounds
 * @throws ModelDomainError for a state outside the bounds or a duration that is negative or not finite
 * @throws SolverError when the result is not finite or the integration does not end
 * @example
 * const { model, parameters } = await loadDevice('data-driven-2016', 'neuropack');
 * advanceState(model, 0.9, 11_000, 1e-6, parameters); // 11009.6 ohm
 */
export function advanceState<Name extends string>(
  model: DeviceModel<Name>,
  v: Volts,
  x: number,
  dt: Seconds,
  p: ParameterValues<Name>,
): number {
  if (model.advance === undefined) {
    return integrateState(model, v, x, dt, p);
  }
  const lower = model.lowerBound(p);
  const upper = model.upperBound(p);
  checkStart(model, x, dt, lower, upper);
  const next = model.advance(v, x, dt, p);
  if (!Number.isFinite(next)) {
    throw new SolverError(
      'state-not-finite',
      `model ${model.name}: the closed form gives ${next} from ${model.state.symbol} = ${x} ${model.state.unit} at ${v} V for ${dt} s`,
      { details: { model: model.name, volts: v, state: x, seconds: dt, residual: next } },
    );
  }
  return Math.min(Math.max(next, lower), upper);
}

/**
 * Integrate the state of a device at constant voltage.
 *
 * At constant voltage the state moves one way only, so a bound, and a state inside at which the rate vanishes, are
 * events: steps that would pass them are cut, and the state stops there. A bound at which the rate vanishes is
 * approached to 1e-12 of the state range.
 *
 * @throws ModelDomainError for a state outside the bounds or a duration that is negative or not finite
 * @throws SolverError for a rate that is not finite, or when `maxSteps` do not reach the end; details hold the residual
 * @example
 * const { model, parameters } = await loadDevice('linear-ion-drift-joglekar', 'joglekar-va');
 * integrateState(model, 1, 0.5, 1e-3, parameters);
 */
export function integrateState<Name extends string>(
  model: DeviceModel<Name>,
  v: Volts,
  x: number,
  dt: Seconds,
  p: ParameterValues<Name>,
  options: IntegratorOptions = {},
): number {
  const { relativeTolerance = 1e-12, maxSteps = 100_000 } = options;
  const lower = model.lowerBound(p);
  const upper = model.upperBound(p);
  checkStart(model, x, dt, lower, upper);

  // Inner stages of a trial step may leave the bounds although its end does not.
  const slopeAt = (state: number): number => finiteRate(model, v, Math.min(Math.max(state, lower), upper), p);

  let state = x;
  let slope = slopeAt(x);
  if (slope === 0 || dt === 0) {
    return x;
  }
  const direction = Math.sign(slope);
  const start = direction > 0 ? lower : upper;
  const end = direction > 0 ? upper : lower;
  const arrived = arrival * (upper - lower);
  let remaining: Seconds = dt;
  let h: Seconds = Math.min(dt, (0.05 * (upper - lower)) / Math.abs(slope));
  let residual = 0;

  for (let step = 0; step < maxSteps; step++) {
    if (Math.abs(end - state) <= arrived) {
      return direction * slopeAt(end) > 0 ? end : state;
    }
    if (remaining <= 0) {
      return state;
    }
    const trial = dormandPrinceStep(slopeAt, state, slope, h);
    const roundOff = 4 * Number.EPSILON * Math.max(Math.abs(state), Math.abs(trial.state));
    const tolerance = relativeTolerance * Math.abs(trial.state - start) + roundOff;
    residual = trial.error === 0 ? 0 : trial.error / tolerance;
    const factor = Math.min(Math.max(0.9 * residual ** -0.2, 0.2), 5);
    const overshoot = direction * (trial.state - end);
    const passedRest = direction * trial.slope <= 0;
    if (!(residual <= 1)) {
      h *= Number.isNaN(factor) ? 0.2 : factor;
    } else if (overshoot > 0) {
      const gap = Math.abs(end - state);
      h *= (0.9 * gap) / (gap + overshoot);
    } else if (passedRest && Math.abs(trial.state - state) > arrived) {
      h *= 0.5;
    } else if (passedRest) {
      return trial.state;
    } else {
      state = trial.state;
      slope = trial.slope;
      remaining -= h;
      h = Math.min(h * factor, remaining);
    }
  }
  throw new SolverError(
    'state-integration',
    `model ${model.name}: no end after ${maxSteps} steps from ${model.state.symbol} = ${x} ${model.state.unit} at ${v} V; ${dt - remaining} s of ${dt} s done`,
    { details: { model: model.name, volts: v, state, seconds: dt, remaining, residual, steps: maxSteps } },
  );
}

function finiteRate<Name extends string>(
  model: DeviceModel<Name>,
  v: Volts,
  x: number,
  p: ParameterValues<Name>,
): number {
  const rate = model.rate(v, x, p);
  if (!Number.isFinite(rate)) {
    throw new SolverError(
      'rate-not-finite',
      `model ${model.name}: the rate is ${rate} at ${v} V and ${model.state.symbol} = ${x} ${model.state.unit}`,
      { details: { model: model.name, volts: v, state: x, residual: rate } },
    );
  }
  return rate;
}

function checkStart<Name extends string>(
  model: DeviceModel<Name>,
  x: number,
  dt: Seconds,
  lower: number,
  upper: number,
): void {
  if (!(x >= lower && x <= upper)) {
    throw new ModelDomainError(
      'state-range',
      `model ${model.name}: state ${model.state.symbol} is ${x} ${model.state.unit}, allowed ${lower} to ${upper} ${model.state.unit}`,
      { details: { model: model.name, found: x, allowed: [lower, upper] } },
    );
  }
  if (!(dt >= 0 && dt < Infinity)) {
    throw new ModelDomainError(
      'duration-range',
      `model ${model.name}: duration is ${dt} s, allowed 0 s or more, and finite`,
      { details: { model: model.name, found: dt } },
    );
  }
}
