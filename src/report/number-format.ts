import { format, formatPrefix } from 'd3-format';

const narrowSpace = '\u202f';
const significant = format('.3s');

/**
 * Write an SI number with three digits and a prefix. A pure number has the unit `1` or none.
 *
 * @example
 * formatSi(1.2e-5, 'S'); // "12.0 µS"
 */
export function formatSi(value: number, unit: string): string {
  if (!Number.isFinite(value)) {
    return '–';
  }
  if (unit === '1' || unit === '') {
    return formatNumber(value);
  }
  const text = value === 0 ? '0' : significant(value);
  const [, digits = text, prefix = ''] = /^(.*?)([a-zA-Zµ]?)$/u.exec(text) ?? [];
  return `${digits}${narrowSpace}${prefix}${unit}`;
}

/**
 * Write a count or pure number: integers with separators, others with three digits.
 *
 * @example
 * formatNumber(12345); // "12,345"
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) {
    return '–';
  }
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? format(',')(value) : format('.3~g')(value);
}

/**
 * Write a share of 1 as a percentage with three digits; what is not everything is never rounded up to 100 %.
 *
 * @example
 * formatShare(0.0123); // "1.23 %"
 */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) {
    return '–';
  }
  const percent = 100 * share;
  if (percent === 0 || Math.abs(percent) >= 1000) {
    return `${format(',.0f')(percent)}${narrowSpace}%`;
  }
  const nearlyAll = percent >= 99.95 && percent < 100;
  return `${nearlyAll ? String(Math.floor(percent * 1e4) / 1e4) : format('.3r')(percent)}${narrowSpace}%`;
}

/**
 * Write a share of 1 that is a round percentage, such as a tolerance or a tick, without closing zeros.
 *
 * @example
 * formatRoundShare(0.01); // "1 %"
 */
export function formatRoundShare(share: number): string {
  return `${format(',.3~r')(100 * share)}${narrowSpace}%`;
}

/** A unit for an axis: numbers are divided by `factor` and the unit is written with its prefix. */
export interface AxisUnit {
  readonly factor: number;
  readonly symbol: string;
}

/**
 * Choose the prefix with which the largest number of an axis reads well.
 *
 * @example
 * axisUnit(6e-5, 'S'); // { factor: 1e-6, symbol: "µS" }
 */
export function axisUnit(largest: number, unit: string): AxisUnit {
  const power = largest > 0 && Number.isFinite(largest) ? 3 * Math.floor(Math.log10(largest) / 3) : 0;
  const exponent = Math.max(-24, Math.min(24, power));
  const factor = Number(`1e${exponent}`);
  return { factor, symbol: formatPrefix('.0', factor)(factor).slice(1) + unit };
}
