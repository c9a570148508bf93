/**
 * Sort the finite values of a list in ascending order.
 *
 * @example
 * sortedFinite(new Float64Array([3, NaN, 1])); // [1, 3]
 */
export function sortedFinite(values: Float64Array): Float64Array {
  return values.filter((value) => Number.isFinite(value)).sort();
}

/**
 * Give a quantile of sorted values by linear interpolation between neighbours, as NumPy does.
 *
 * @param sorted - ascending, finite
 * @param share - from 0 to 1
 * @returns NaN for an empty list
 * @source R. J. Hyndman, Y. Fan, doi 10.1080/00031305.1996.10473566, definition 7
 * @example
 * quantile(new Float64Array([1, 2, 3, 4]), 0.5); // 2.5
 */
export function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
