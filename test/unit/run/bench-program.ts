import { createGeometry } from '../../../src/array/geometry.ts';
import { loadLab, type Lab } from '../../../src/lab/lab.ts';
import { planLab } from '../../../src/lab/plan-lab.ts';
import type { CheckedProgram } from '../../../src/run/backend.ts';
import { certify } from '../../../src/schedule/compile.ts';
import type { Operation } from '../../../src/schedule/operation.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';

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

/** A program of given operations, certified for a lab. */
export function programOf(lab: Lab, operations: readonly Operation[]): CheckedProgram {
  const schedule = createSchedule(geometry, operations);
  const { safeOperatingArea, driver } = lab;
  return { schedule, safeOperatingArea, certificate: certify(schedule, safeOperatingArea, driver) };
}
