// The codes of converters, two at a time in float64.

/** Nearest code; half-way goes up, as in Math.round. */
// @ts-ignore: decorator
@inline
export function nearestCode(x: v128, last: f64): v128 {
  const below = f64x2.floor(x);
  const up = v128.and(f64x2.ge(f64x2.sub(x, below), f64x2.splat(0.5)), f64x2.splat(1));
  return f64x2.pmin(f64x2.splat(last), f64x2.pmax(f64x2.splat(0), f64x2.add(below, up)));
}

