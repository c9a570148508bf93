import { createGeometry, type Geometry } from '../array/geometry.ts';
import { UsageError } from '../errors.ts';
import { readMatrix } from '../files/npy.ts';

/** Target conductances and the array they are for. */
export interface Targets {
  readonly geometry: Geometry;
  /** [wordLines x bitLines], siemens. */
  readonly targets: Float64Array;
}

/**
 * Read a matrix of target conductances.
 *
 * @throws ConfigError for a file that is not a numeric .npy of finite values
 * @throws UsageError when it is not a matrix
 */
export async function readTargets(path: string): Promise<Targets> {
  const { data, shape } = await readMatrix(path);
  const [wordLines, bitLines] = shape;
  if (wordLines === undefined || bitLines === undefined || shape.length !== 2) {
    throw new UsageError(
      'targets-shape',
      `${path}: found shape (${shape.join(', ')}), expected a matrix [word lines x bit lines] of siemens`,
    );
  }
  return { geometry: createGeometry(wordLines, bitLines), targets: data };
}
