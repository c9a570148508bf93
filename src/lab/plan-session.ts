import { cellAt, cellCount, type Geometry } from '../array/geometry.ts';
import { bindPolicy } from '../programming/policy-table.ts';
import type { CheckedProgram } from '../run/backend.ts';
import { certify } from '../schedule/compile.ts';
import type { ProgramVerifyOperation } from '../schedule/operation.ts';
import { createSchedule } from '../schedule/schedule.ts';
import type { Lab } from './lab.ts';

/** How often an array will be asked for new conductances. */
export interface SessionExtent {
  readonly updates: number;
  /** Updates that share an operation, and so an event of the record. */
  readonly updatesPerOperation: number;
}

/**
 * Plan and check a program inside which an array is programmed again and again: each operation allows every cell the
 * pulses and reads of so many write-verify loops. The certificate holds the worst case of all of them together. The
 * targets are those that the first update is expected to ask for; later ones replace them while the session runs.
 *
 * @param targets - [wordLines x bitLines], siemens
 * @throws ScheduleError naming the first limit that the program would cross
 */
export function planSession(
  lab: Lab,
  targets: Float64Array,
  geometry: Geometry,
  { updates, updatesPerOperation }: SessionExtent,
): CheckedProgram {
  const { policy, tolerance, bias } = lab.config.program;
  const loop = bindPolicy(policy).envelope(lab.knowledge.setPolarity);
  const operation: ProgramVerifyOperation = {
    kind: 'programVerify',
    cells: Array.from({ length: cellCount(geometry) }, (_, index) => cellAt(geometry, index)),
    targets: Array.from(targets),
    tolerance,
    policy,
    read: lab.read,
    bias,
    envelope: {
      pulses: loop.pulses,
      maxPulses: loop.maxPulses * updatesPerOperation,
      // One read more, for the session's look at the array before its first update.
      maxReads: loop.maxReads * updatesPerOperation + 1,
    },
  };
  const operations = Array.from({ length: Math.ceil(updates / updatesPerOperation) }, () => operation);
  const schedule = createSchedule(geometry, operations);
  return {
    schedule,
    safeOperatingArea: lab.safeOperatingArea,
    certificate: certify(schedule, lab.safeOperatingArea, lab.driver),
  };
}
