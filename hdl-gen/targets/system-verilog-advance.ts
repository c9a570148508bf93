/** `advance_state` of a model with a closed form, stopped at the bounds. */
export function boundedAdvance(closedForm: string, lower: string, upper: string): string[] {
  return [
    '// state after dt seconds at constant voltage',
    'function automatic real advance_state(input real v, input real x, input real dt);',
    `  advance_state = least(greatest(${closedForm}, ${lower}), ${upper});`,
    'endfunction',
  ];
}

/** `advance_state` of a model without a closed form. */
export function integratedAdvance(rate: (x: string) => string, lower: string, upper: string): string[] {
  return `
// the rate, with inner stages of a step held inside the bounds
function automatic real slope(input real v, input real x);
  slope = ${rate(`least(greatest(x, ${lower}), ${upper})`)};
endfunction

// State after dt seconds at constant voltage, by the classic Runge-Kutta method of order 4. A step is as long as the
// state, at the speed of its start, takes for a thousandth of its range, or for a tenth of what is left to the bound.
// Steps that would pass a state of rest are halved.
function automatic real advance_state(input real v, input real x, input real dt);
  real range, bound, remaining, scale, step, here, next, k1, k2, k3, k4;
  integer count;
  range = ${upper} - ${lower};
  here = x;
  k1 = slope(v, here);
  bound = k1 > 0.0 ? ${upper} : ${lower};
  remaining = dt;
  scale = 1.0;
  count = 0;
  while (remaining > 0.0 && k1 != 0.0 && count < 100000) begin
    if (magnitude(bound - here) <= 1.0e-12 * range) begin
      if (slope(v, bound) * k1 > 0.0) here = bound;
      remaining = 0.0;
    end else begin
      step = scale * least(1.0e-3 * range, 0.1 * magnitude(bound - here)) / magnitude(k1);
      if (step > remaining) step = remaining;
      k2 = slope(v, here + 0.5 * step * k1);
      k3 = slope(v, here + 0.5 * step * k2);
      k4 = slope(v, here + step * k3);
      next = here + step / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
      if (slope(v, next) * k1 <= 0.0 && magnitude(next - here) > 1.0e-12 * range) begin
        scale = 0.5 * scale;
      end else begin
        here = next;
        k1 = slope(v, here);
        remaining = remaining - step;
      end
    end
    count = count + 1;
  end
  advance_state = least(greatest(here, ${lower}), ${upper});
endfunction`
    .trim()
    .split('\n');
}
