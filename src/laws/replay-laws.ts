import fc from 'fast-check';
import { ReplayError } from '../errors.ts';
import type { CheckedProgram } from '../run/backend.ts';
import { ReplayBackend } from '../run/replay-backend.ts';
import type { RunEvent } from '../run/run-record.ts';
import { certify } from '../schedule/compile.ts';
import type { DriverGrid } from '../schedule/driver-grid.ts';
import type { Operation } from '../schedule/operation.ts';
import { createSchedule } from '../schedule/schedule.ts';
import { type BackendFactory, type BackendSubject, recordRun, requireRefusal } from './backend-subject.ts';
import { asyncLawOf, type Law, requireThat } from './law.ts';

const numRuns = 20;

/** A recording of a backend answers in its place. */
export function replayLaws(factory: BackendFactory): Law[] {
  return [
    {
      name: 'a replay of its recording gives the same events',
      check: async () => {
        const subject = await factory();
        const recorded = await recordRun(subject);
        const replayed = await recordRun({ ...subject, backend: replayOf(subject, recorded) });
        requireSameEvents(recorded, replayed);
      },
    },
    asyncLawOf(
      'a replay stops at the first operation that its recording does not hold',
      fc.record({ operation: fc.nat() }),
      async ({ operation }) => {
        const subject = await factory();
        const recorded = await recordRun(subject);
        const at = operation % recorded.length;
        const changed = withOtherOperation(subject.program, at, subject.backend.capabilities().driver);
        const replay = replayOf(subject, recorded);
        await replay.open();
        await replay.arm(changed);
        for (const event of recorded.slice(0, at)) {
          const result = await replay.execute(event.operation);
          requireSameEvents([event], [{ ...event, result }]);
        }
        const error = await requireRefusal(`operation ${at}, which was changed`, replay.execute(at));
        requireThat(
          error instanceof ReplayError && error.details['operation'] === at,
          () => `operation ${at} was changed, and the replay says ${error.name}: ${error.message}`,
        );
      },
      numRuns,
    ),
  ];
}

function replayOf({ backend }: BackendSubject, events: readonly RunEvent[]): ReplayBackend {
  const { geometry, driver } = backend.capabilities();
  return new ReplayBackend({ capabilities: { geometry, driver }, events });
}

/** The program with one operation replaced by a wait that was not there: no limit speaks of waits. */
function withOtherOperation(program: CheckedProgram, at: number, driver: DriverGrid): CheckedProgram {
  const { schedule, safeOperatingArea } = program;
  const operations = schedule.operations.map((operation, index): Operation => {
    if (index !== at) {
      return operation;
    }
    return { kind: 'wait', seconds: operation.kind === 'wait' ? 2 * operation.seconds : 1e-3 };
  });
  const changed = createSchedule(schedule.geometry, operations);
  return { schedule: changed, safeOperatingArea, certificate: certify(changed, safeOperatingArea, driver) };
}

function requireSameEvents(one: readonly RunEvent[], other: readonly RunEvent[]): void {
  requireThat(
    one.length === other.length,
    () => `${one.length} events were recorded, ${other.length} replayed`,
  );
  for (const [index, event] of one.entries()) {
    const [recorded, replayed] = [JSON.stringify(event), JSON.stringify(other[index])];
    requireThat(recorded === replayed, () => `recorded ${recorded}, replayed ${replayed}`);
  }
}
