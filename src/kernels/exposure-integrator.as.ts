/**
 * Integration of one state at constant voltage, step by step what `integrateState` in src/model/state-integrator.ts
 * does: Dormand-Prince 5(4) (doi 10.1016/0771-050X(80)90013-3, table 2, RK5(4)7M) with the bounds, and states inside at
 * which the rate vanishes, as events.
 */

const relativeTolerance: f64 = 1e-12;
const arrival: f64 = 1e-12;
const maxSteps: i32 = 100_000;

/** The last trial step. */
let trialSlope: f64 = 0;
let trialError: f64 = 0;

// @ts-ignore: decorator
@inline
function held(x: f64, lower: f64, upper: f64): f64 {
  return Math.min(Math.max(x, lower), upper);
}

function trialStep(rate: (x: f64) => f64, lower: f64, upper: f64, x: f64, k1: f64, h: f64): f64 {
  const k2 = rate(held(x + h * (k1 / 5), lower, upper));
  const k3 = rate(held(x + h * ((3.0 / 40) * k1 + (9.0 / 40) * k2), lower, upper));
  const k4 = rate(held(x + h * ((44.0 / 45) * k1 - (56.0 / 15) * k2 + (32.0 / 9) * k3), lower, upper));
  const k5 = rate(
    held(
      x + h * ((19372.0 / 6561) * k1 - (25360.0 / 2187) * k2 + (64448.0 / 6561) * k3 - (212.0 / 729) * k4),
      lower,
      upper,
    ),
  );
  const k6 = rate(
    held(
      x +
        h *
          ((9017.0 / 3168) * k1 -
            (355.0 / 33) * k2 +
            (46732.0 / 5247) * k3 +
            (49.0 / 176) * k4 -
            (5103.0 / 18656) * k5),
      lower,
      upper,
    ),
  );
  const next =
    x +
    h *
      ((35.0 / 384) * k1 +
        (500.0 / 1113) * k3 +
        (125.0 / 192) * k4 -
        (2187.0 / 6784) * k5 +
        (11.0 / 84) * k6);
  const k7 = rate(held(next, lower, upper));
  // A rate that is not finite at any stage is an error, also where the end of the step looks sound.
  trialSlope = isFinite(k2 + k3 + k4 + k5 + k6) ? k7 : NaN;
  trialError = Math.abs(
    h *
      ((71.0 / 57600) * k1 -
        (71.0 / 16695) * k3 +
        (71.0 / 1920) * k4 -
        (17253.0 / 339200) * k5 +
        (22.0 / 525) * k6 -
        k7 / 40),
  );
  return next;
}

/** State after `dt`; NaN where the rate is not finite or the steps do not end. */
export function integrate(rate: (x: f64) => f64, lower: f64, upper: f64, x: f64, dt: f64): f64 {
  let slope = rate(x);
  if (!isFinite(slope)) {
    return NaN;
  }
  if (slope == 0 || dt == 0) {
    return x;
  }
  const direction = Math.sign(slope);
  const start = direction > 0 ? lower : upper;
  const end = direction > 0 ? upper : lower;
  const arrived = arrival * (upper - lower);
  let state = x;
  let remaining = dt;
  let h = Math.min(dt, (0.05 * (upper - lower)) / Math.abs(slope));
  for (let step = 0; step < maxSteps; step++) {
    if (Math.abs(end - state) <= arrived) {
      return direction * rate(end) > 0 ? end : state;
    }
    if (remaining <= 0) {
      return state;
    }
    const next = trialStep(rate, lower, upper, state, slope, h);
    if (!isFinite(trialSlope)) {
      return NaN;
    }
    const roundOff = 4 * f64.EPSILON * Math.max(Math.abs(state), Math.abs(next));
    const tolerance = relativeTolerance * Math.abs(next - start) + roundOff;
    const residual = trialError == 0 ? 0 : trialError / tolerance;
    const factor = Math.min(Math.max(0.9 * Math.pow(residual, -0.2), 0.2), 5.0);
    const overshoot = direction * (next - end);
    const passedRest = direction * trialSlope <= 0;
    if (!(residual <= 1)) {
      h *= isNaN(factor) ? 0.2 : factor;
    } else if (overshoot > 0) {
      const gap = Math.abs(end - state);
      h *= (0.9 * gap) / (gap + overshoot);
    } else if (passedRest && Math.abs(next - state) > arrived) {
      h *= 0.5;
    } else if (passedRest) {
      return next;
    } else {
      state = next;
      slope = trialSlope;
      remaining -= h;
      h = Math.min(h * factor, remaining);
    }
  }
  return NaN;
}
