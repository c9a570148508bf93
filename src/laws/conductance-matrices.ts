import fc from 'fast-check';
import { cellCount, type Geometry } from '../array/geometry.ts';
import type { Siemens } from '../units.ts';
import { geometries } from './geometries.ts';

/** Conductances of a whole array. */
export interface ConductanceMatrix {
  readonly geometry: Geometry;
  /** [wordLines x bitLines], siemens. */
  readonly conductances: Float64Array;
}

const steps = 1000;

/**
 * Conductance matrices of arrays up to a size, each cell evenly spread over a range, both ends included.
 *
 * @example
 * fc.sample(conductanceMatrices({ min: 1e-5, max: 1e-4 }), 3);
 */
export function conductanceMatrices(
  range: { readonly min: Siemens; readonly max: Siemens },
  maxLines = 4,
): fc.Arbitrary<ConductanceMatrix> {
  const { min, max } = range;
  const conductance = fc.nat({ max: steps }).map((step) => Math.min(min + ((max - min) * step) / steps, max));
  return geometries(maxLines).chain((geometry) => {
    const length = cellCount(geometry);
    return fc
      .array(conductance, { minLength: length, maxLength: length })
      .map((values) => ({ geometry, conductances: Float64Array.from(values) }));
  });
}
