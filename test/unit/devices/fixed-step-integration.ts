/** The reference that models are compared with: classic Runge-Kutta with a fixed step, written apart from ours. */
export function integrateFixedStep(f: (x: number) => number, x: number, dt: number, steps = 20_000): number {
  const h = dt / steps;
  let state = x;
  for (let step = 0; step < steps; step++) {
    const k1 = f(state);
    const k2 = f(state + (h / 2) * k1);
    const k3 = f(state + (h / 2) * k2);
    const k4 = f(state + h * k3);
    state += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return state;
}
