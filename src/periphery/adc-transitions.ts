import type { CodeScale } from './code-scale.ts';
import { requireConfig, requireTable } from './config-checks.ts';

/** Non-linearity of an analog-to-digital converter: one of the two tables, in LSB, with an entry for each code. */
export interface NonLinearity {
  /** Integral: shift of the transition into each code. The first code has no transition: its entry is 0. */
  readonly inlLsb?: ArrayLike<number>;
  /** Differential: width of each code less 1. Cumulated it is the integral non-linearity of the next code. */
  readonly dnlLsb?: ArrayLike<number>;
}

/**
 * Find the inputs at which the code changes: entry k is the transition from code k to code k + 1.
 *
 * @returns [codes - 1] rising voltages, or null for a linear converter
 * @throws ConfigError for both tables at once, another length, or transitions that do not rise
 */
export function transitionVolts(scale: CodeScale, tables: NonLinearity): Float64Array | null {
  const { inlLsb, dnlLsb } = tables;
  requireConfig(
    inlLsb === undefined || dnlLsb === undefined,
    'adc.dnlLsb',
    'both inlLsb and dnlLsb',
    'one of the two',
  );
  if (dnlLsb !== undefined) {
    requireTable('adc.dnlLsb', dnlLsb, scale.codes);
    return shiftedTransitions(scale, 'adc.dnlLsb', cumulated(dnlLsb));
  }
  if (inlLsb !== undefined) {
    requireTable('adc.inlLsb', inlLsb, scale.codes);
    requireConfig(inlLsb[0] === 0, 'adc.inlLsb[0]', inlLsb[0], '0: no transition leads into the first code');
    return shiftedTransitions(scale, 'adc.inlLsb', inlLsb);
  }
  return null;
}

/** The integral non-linearity of code k is the sum of the widths' errors below it. */
function cumulated(dnlLsb: ArrayLike<number>): Float64Array {
  const inlLsb = new Float64Array(dnlLsb.length);
  for (let code = 1; code < inlLsb.length; code++) {
    inlLsb[code] = inlLsb[code - 1]! + dnlLsb[code - 1]!;
  }
  return inlLsb;
}

function shiftedTransitions(scale: CodeScale, where: string, inlLsb: ArrayLike<number>): Float64Array {
  const transitions = new Float64Array(scale.codes - 1);
  for (let k = 0; k < transitions.length; k++) {
    transitions[k] = scale.nominal(k) + (0.5 + inlLsb[k + 1]!) * scale.lsbVolts;
    requireConfig(
      k === 0 || transitions[k]! >= transitions[k - 1]!,
      `${where}[${k}]`,
      'a code of negative width',
      'a width of at least 0: differential non-linearity of at least -1',
    );
  }
  return transitions;
}
