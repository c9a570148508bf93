import { createGeometry } from '../../../src/array/geometry.ts';
import { loadLab, type Lab } from '../../../src/lab/lab.ts';
import { planLab } from '../../../src/lab/plan-lab.ts';
import type { CheckedProgram } from '../../../src/run/backend.ts';

export const geometry = createGeometry(4, 3);

/** The lab that the examples describe. */
export function exampleLab(): Promise<Lab> {
  return loadLab('examples/lab.yaml');
}

/** Targets spread over the middle of the range. */
export const targets = Float64Array.from({ length: 12 }, (_, index) => 68e-6 + 2e-6 * index);

export function writeVerifyProgram(lab: Lab): CheckedProgram {
  return planLab(lab, targets, geometry);
}
