import type { Geometry } from '../array/geometry.ts';
import { UsageError } from '../errors.ts';
import { planArray } from '../programming/plan-array.ts';
import type { CheckedProgram } from '../run/backend.ts';
import { certify } from '../schedule/compile.ts';
import { createSchedule } from '../schedule/schedule.ts';
import type { Lab } from './lab.ts';

/**
 * Plan the program that brings an array to its targets, and check it against the lab's limits.
 *
 * @param targets - [wordLines x bitLines], siemens
 * @throws UsageError when the targets do not fit the configured array
 * @throws ScheduleError naming the first limit that the program would cross
 */
export function planLab(lab: Lab, targets: Float64Array, geometry: Geometry): CheckedProgram {
  requireConfiguredShape(lab, geometry);
  const { program } = lab.config;
  const operations = planArray({
    geometry,
    targets,
    tolerance: program.tolerance,
    policy: program.policy,
    setPolarity: lab.knowledge.setPolarity,
    read: lab.read,
    bias: program.bias,
    passes: program.passes,
  });
  const schedule = createSchedule(geometry, operations);
  return {
    schedule,
    safeOperatingArea: lab.safeOperatingArea,
    certificate: certify(schedule, lab.safeOperatingArea, lab.driver),
  };
}

function requireConfiguredShape(lab: Lab, { wordLines, bitLines }: Geometry): void {
  const { array } = lab.config;
  const words = array.wordLines ?? wordLines;
  const bits = array.bitLines ?? bitLines;
  if (words !== wordLines || bits !== bitLines) {
    throw new UsageError(
      'targets-shape',
      `targets: found ${wordLines} x ${bitLines}, the configured array has ${words} x ${bits} (word lines x bit lines)`,
    );
  }
}
