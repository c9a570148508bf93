/**
 * Compare conductances with their targets, cell by cell.
 *
 * @param conductances - siemens, [cells]
 * @param targets - siemens, [cells]; NaN where nothing was asked
 * @returns (G - target) / target; NaN where there is no target
 * @example
 * relativeErrors(new Float64Array([1.02e-5]), new Float64Array([1e-5])); // [0.02]
 */
export function relativeErrors(conductances: Float64Array, targets: Float64Array): Float64Array {
  return conductances.map((conductance, index) => {
    const target = targets[index] ?? Number.NaN;
    return target === 0 ? Number.NaN : (conductance - target) / target;
  });
}

/**
 * Give the tolerance that all cells share.
 *
 * @param tolerances - [cells]; NaN where none was asked
 * @returns undefined when the cells have none, or more than one
 * @example
 * sharedTolerance(new Float64Array([0.01, NaN])); // 0.01
 */
export function sharedTolerance(tolerances: Float64Array): number | undefined {
  const [first, ...others] = new Set(tolerances.filter((tolerance) => !Number.isNaN(tolerance)));
  return others.length === 0 ? first : undefined;
}
