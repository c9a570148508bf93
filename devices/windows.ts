/**
 * Window functions: factors that slow a state down near its bounds. The first three take a state in [0, 1] and are
 * written as 1 - (1 - w)^p, which equals the printed forms and keeps its digits where w is small: the printed forms
 * cancel there, and a state that should leave a bound would not.
 */
import type { Dimensionless, Metres, Volts } from '../src/units.ts';
import { decayed } from './decayed.ts';

/** 1 - (1 - w)^p for 0 <= w <= 1, p > 0, without cancellation at small w. */
export function oneMinusPower(w: Dimensionless, p: Dimensionless): Dimensionless {
  const rest = 1 - w;
  if (rest <= 0) {
    return 1;
  }
  if (rest >= 1) {
    return p * w;
  }
  // -p ln(1 - w), where the quotient takes back the rounding of 1 - w.
  return decayed((p * w * Math.log(rest)) / (rest - 1));
}

/**
 * Joglekar window, 1 - (2x - 1)^(2p): zero at both bounds, where the state sticks. For p = 1 it is 4x(1 - x).
 *
 * @source Joglekar, Wolf, doi 10.1088/0143-0807/30/4/001
 * @example
 * joglekarWindow(0.25, 1); // 0.75
 */
export function joglekarWindow(x: Dimensionless, p: Dimensionless): Dimensionless {
  return oneMinusPower(4 * x * (1 - x), p);
}

/**
 * Biolek window, 1 - (x - stp(-i))^(2p): zero only at the bound that the state moves to.
 *
 * @param v - voltage, which has the sign of the current
 * @source Biolek, Biolek, Biolkova, Radioengineering 18 (2009) 210-214
 * @example
 * biolekWindow(1, 7, -1); // 1
 */
export function biolekWindow(x: Dimensionless, p: Dimensionless, v: Volts): Dimensionless {
  if (v > 0) {
    return oneMinusPower((1 - x) * (1 + x), p);
  }
  return oneMinusPower(x * (2 - x), p);
}

/**
 * Prodromakis window, j (1 - ((x - 1/2)^2 + 3/4)^p): zero at both bounds, largest at x = 1/2, scaled by j.
 *
 * @source Prodromakis, Peh, Papavassiliou, Toumazou, doi 10.1109/TED.2011.2158004
 * @example
 * prodromakisWindow(0.5, 1, 1); // 0.25
 */
export function prodromakisWindow(x: Dimensionless, p: Dimensionless, j: Dimensionless): Dimensionless {
  return j * oneMinusPower(x * (1 - x), p);
}

/**
 * Kvatinsky window of growth, exp(-exp((x - a_off) / w_c)).
 *
 * @source Kvatinsky, Friedman, Kolodny, Weiser, doi 10.1109/TCSI.2012.2215714
 * @example
 * kvatinskyOffWindow(3e-9, 3e-9, 107e-12); // 1/e
 */
export function kvatinskyOffWindow(x: Metres, aOff: Metres, wC: Metres): Dimensionless {
  return Math.exp(-Math.exp((x - aOff) / wC));
}

/**
 * Kvatinsky window of shrinking, exp(-exp((a_on - x) / w_c)).
 *
 * @source Kvatinsky, Friedman, Kolodny, Weiser, doi 10.1109/TCSI.2012.2215714
 * @example
 * kvatinskyOnWindow(0, 0, 107e-12); // 1/e
 */
export function kvatinskyOnWindow(x: Metres, aOn: Metres, wC: Metres): Dimensionless {
  return Math.exp(-Math.exp((aOn - x) / wC));
}
