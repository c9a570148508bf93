/** `advance` of a model with a closed form, stopped at the bounds. */
export function cBoundedAdvance(name: string, closedForm: string): string[] {
  return [
    `double ${name}_advance(double v, double x, double dt) {`,
    `  const double next = ${closedForm}(v, x, dt);`,
    '  if (!isfinite(next)) {',
    '    return NAN;',
    '  }',
    `  return least(greatest(next, ${name}_lower_bound()), ${name}_upper_bound());`,
    '}',
  ];
}

/**
 * `advance` of a model without a closed form: Dormand-Prince 5(4) with bounds and states of rest as events, step by step
 * what `integrateState` does.
 */
export function cIntegratedAdvance(name: string): string[] {
  const text = `
/* The rate, with inner stages of a trial step held inside the bounds. */
static double ${name}_slope(double v, double x) {
  return ${name}_rate(v, least(greatest(x, ${name}_lower_bound()), ${name}_upper_bound()));
}

/* One trial step; doi 10.1016/0771-050X(80)90013-3, table 2 (RK5(4)7M). */
static double ${name}_step(double v, double x, double k1, double h, double *slope, double *error) {
  const double k2 = ${name}_slope(v, x + h * (k1 / 5.0));
  const double k3 = ${name}_slope(v, x + h * (3.0 / 40.0 * k1 + 9.0 / 40.0 * k2));
  const double k4 = ${name}_slope(v, x + h * (44.0 / 45.0 * k1 - 56.0 / 15.0 * k2 + 32.0 / 9.0 * k3));
  const double k5 = ${name}_slope(v, x + h * (19372.0 / 6561.0 * k1 - 25360.0 / 2187.0 * k2 + 64448.0 / 6561.0 * k3
                                             - 212.0 / 729.0 * k4));
  const double k6 = ${name}_slope(v, x + h * (9017.0 / 3168.0 * k1 - 355.0 / 33.0 * k2 + 46732.0 / 5247.0 * k3
                                             + 49.0 / 176.0 * k4 - 5103.0 / 18656.0 * k5));
  const double next = x + h * (35.0 / 384.0 * k1 + 500.0 / 1113.0 * k3 + 125.0 / 192.0 * k4 - 2187.0 / 6784.0 * k5
                               + 11.0 / 84.0 * k6);
  const double k7 = ${name}_slope(v, next);
  *slope = k7;
  *error = fabs(h * (71.0 / 57600.0 * k1 - 71.0 / 16695.0 * k3 + 71.0 / 1920.0 * k4 - 17253.0 / 339200.0 * k5
                     + 22.0 / 525.0 * k6 - k7 / 40.0));
  return next;
}

double ${name}_advance(double v, double x, double dt) {
  const double tolerance = 1e-12;
  const double arrival = 1e-12;
  const double lower = ${name}_lower_bound();
  const double upper = ${name}_upper_bound();
  double slope = ${name}_slope(v, x);
  if (!isfinite(slope) || slope == 0.0 || dt == 0.0) {
    return isfinite(slope) ? x : NAN;
  }
  const double direction = slope > 0.0 ? 1.0 : -1.0;
  const double start = slope > 0.0 ? lower : upper;
  const double end = slope > 0.0 ? upper : lower;
  const double arrived = arrival * (upper - lower);
  double remaining = dt;
  double h = least(dt, 0.05 * (upper - lower) / fabs(slope));
  for (int step = 0; step < 100000; step++) {
    if (fabs(end - x) <= arrived) {
      return direction * ${name}_slope(v, end) > 0.0 ? end : x;
    }
    if (remaining <= 0.0) {
      return x;
    }
    double next_slope;
    double error;
    const double next = ${name}_step(v, x, slope, h, &next_slope, &error);
    if (!isfinite(next_slope)) {
      return NAN;
    }
    const double round_off = 4.0 * 0x1p-52 * greatest(fabs(x), fabs(next));
    const double residual = error == 0.0 ? 0.0 : error / (tolerance * fabs(next - start) + round_off);
    const double factor = residual == 0.0 ? 5.0 : least(greatest(0.9 * pow(residual, -0.2), 0.2), 5.0);
    const double overshoot = direction * (next - end);
    const int passed_rest = direction * next_slope <= 0.0;
    if (!(residual <= 1.0)) {
      h *= isnan(factor) ? 0.2 : factor;
    } else if (overshoot > 0.0) {
      const double gap = fabs(end - x);
      h *= 0.9 * gap / (gap + overshoot);
    } else if (passed_rest && fabs(next - x) > arrived) {
      h *= 0.5;
    } else if (passed_rest) {
      return next;
    } else {
      x = next;
      slope = next_slope;
      remaining -= h;
      h = least(h * factor, remaining);
    }
  }
  return NAN;
}`;
  return text.trim().split('\n');
}
