import type { Geometry } from '../array/geometry.ts';
import { ScheduleError } from '../errors.ts';
import type { DriverGrid } from '../schedule/driver-grid.ts';
import { Gate } from '../schedule/gate.ts';
import type { Operation, PulseOperation, ReadOperation } from '../schedule/operation.ts';
import { roundOperation } from '../schedule/round-operation.ts';
import type { SafeOperatingArea } from '../schedule/safe-operating-area.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { requireMatchingCertificate } from '../schedule/verify.ts';
import type { CheckedProgram } from './backend.ts';

/**
 * A program that a backend has accepted, behind its gate. Every backend holds one of these or nothing, so the
 * rules of admission are the same for all of them.
 */
export class ArmedProgram {
  readonly schedule: Schedule;
  readonly safeOperatingArea: SafeOperatingArea;
  readonly #driver: DriverGrid;
  readonly #gate: Gate;

  /**
   * @param backend - name for errors
   * @throws ScheduleError when the certificate belongs to something else, or the array has another size
   */
  constructor(program: CheckedProgram, driver: DriverGrid, geometry: Geometry, backend: string) {
    const { safeOperatingArea, certificate } = program;
    this.schedule = requireMatchingCertificate(program.schedule, certificate, safeOperatingArea, driver);
    this.safeOperatingArea = safeOperatingArea;
    this.#driver = driver;
    requireSameGeometry(this.schedule.geometry, geometry, backend);
    this.#gate = new Gate({ schedule: this.schedule, safeOperatingArea }, driver);
  }

  /**
   * Round an operation to the registers and pass it through the gate.
   * @throws ScheduleError when it is not the next one, was admitted before, or crosses a limit
   */
  admit(index: number): Operation {
    const asked = this.schedule.operations[index];
    if (asked === undefined) {
      throw new ScheduleError(
        'operation-missing',
        `operation ${index}: the schedule has ${this.schedule.operations.length} operations`,
      );
    }
    const held = roundOperation(asked, this.#driver);
    this.#gate.admit(index, held);
    return held;
  }

  /**
   * Round one step of a write-verify loop to the registers and pass it through the gate.
   * @throws ScheduleError when it lies outside the envelope of the operation, or crosses a limit
   */
  admitStep<Step extends PulseOperation | ReadOperation>(index: number, step: Step): Step {
    const held = roundOperation(step, this.#driver);
    this.#gate.admitStep(index, held);
    return held;
  }
}

function requireSameGeometry(asked: Geometry, found: Geometry, backend: string): void {
  if (asked.wordLines !== found.wordLines || asked.bitLines !== found.bitLines) {
    throw new ScheduleError(
      'geometry',
      `schedule: written for ${asked.wordLines} x ${asked.bitLines} cells, ${backend} has ${found.wordLines} x ${found.bitLines}`,
    );
  }
}

/** @throws ScheduleError when no program is armed */
export function requireArmed(armed: ArmedProgram | undefined, backend: string): ArmedProgram {
  if (armed === undefined) {
    throw new ScheduleError('not-armed', `${backend}: no checked program is armed`, {
      hint: 'Arm a program with its certificate; after safe() it must be armed again.',
    });
  }
  return armed;
}
