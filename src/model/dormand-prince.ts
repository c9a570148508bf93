/** A trial step of an integration. */
export interface TrialStep {
  readonly state: number;
  /** Time derivative at the new state. */
  readonly slope: number;
  /** Estimate of the local error, in state units. */
  readonly error: number;
}

/**
 * Take one step of the embedded Runge-Kutta pair of orders 5 and 4 for dx/dt = f(x).
 *
 * @param slope - f(x), which the step before has already computed
 * @param h - step, seconds
 * @source J. R. Dormand, P. J. Prince, "A family of embedded Runge-Kutta formulae", doi 10.1016/0771-050X(80)90013-3,
 * table 2 (RK5(4)7M)
 */
export function dormandPrinceStep(f: (x: number) => number, x: number, slope: number, h: number): TrialStep {
  const k1 = slope;
  const k2 = f(x + h * (k1 / 5));
  const k3 = f(x + h * ((3 / 40) * k1 + (9 / 40) * k2));
  const k4 = f(x + h * ((44 / 45) * k1 - (56 / 15) * k2 + (32 / 9) * k3));
  const k5 = f(x + h * ((19372 / 6561) * k1 - (25360 / 2187) * k2 + (64448 / 6561) * k3 - (212 / 729) * k4));
  const k6 = f(
    x +
      h *
        ((9017 / 3168) * k1 - (355 / 33) * k2 + (46732 / 5247) * k3 + (49 / 176) * k4 - (5103 / 18656) * k5),
  );
  const state =
    x + h * ((35 / 384) * k1 + (500 / 1113) * k3 + (125 / 192) * k4 - (2187 / 6784) * k5 + (11 / 84) * k6);
  const k7 = f(state);
  const difference =
    (71 / 57600) * k1 -
    (71 / 16695) * k3 +
    (71 / 1920) * k4 -
    (17253 / 339200) * k5 +
    (22 / 525) * k6 -
    k7 / 40;
  return { state, slope: k7, error: Math.abs(h * difference) };
}
