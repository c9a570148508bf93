import fc from 'fast-check';
import { ScheduleError } from '../errors.ts';
import type { Backend, CheckedProgram } from '../run/backend.ts';
import { decodeSchedule } from '../schedule/decode.ts';
import { driverDigest } from '../schedule/digest.ts';
import { encodeSchedule } from '../schedule/encode.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { type BackendFactory, type BackendSubject, requireRefusal } from './backend-subject.ts';
import { asyncLawOf, type Law, requireThat } from './law.ts';
import { singleEdits } from './single-edits.ts';

const flipRuns = 200;

/** What a backend may not take. */
export function admissionLaws(factory: BackendFactory): Law[] {
  return [
    nothingBeforeArming(factory),
    everyEditIsRefused(factory, 'schedule', function* ({ program }) {
      for (const { place, value } of singleEdits(program.schedule)) {
        yield { place, program: { ...program, schedule: value } };
      }
    }),
    everyEditIsRefused(factory, 'safe operating area', function* ({ program }) {
      for (const { place, value } of singleEdits(program.safeOperatingArea)) {
        yield { place, program: { ...program, safeOperatingArea: value } };
      }
    }),
    everyEditIsRefused(factory, 'driver', function* ({ backend, program }) {
      for (const { place, value } of singleEdits(backend.capabilities().driver)) {
        const certificate = { ...program.certificate, driverDigest: driverDigest(value) };
        yield { place, program: { ...program, certificate } };
      }
    }),
    flippedBitIsRefused(factory),
  ];
}

/** Without a law of what to draw: there is one way only to be not armed. */
function nothingBeforeArming(factory: BackendFactory): Law {
  return {
    name: 'nothing runs before a program is armed, after safe() or after close()',
    check: async () => {
      const { backend, program } = await factory();
      await requireNothingRuns('before open', backend, program.schedule);
      await backend.open();
      try {
        await requireNothingRuns('after open', backend, program.schedule);
        await backend.arm(program);
        await backend.safe();
        await requireNothingRuns('after safe', backend, program.schedule);
        await backend.arm(program);
        await backend.execute(0);
        await backend.safe();
        await requireNothingRuns('after an operation and safe', backend, program.schedule);
        await backend.arm(program);
      } finally {
        await backend.close();
      }
      await requireNothingRuns('after close', backend, program.schedule);
    },
  };
}

async function requireNothingRuns(when: string, backend: Backend, schedule: Schedule): Promise<void> {
  for (const [index, operation] of schedule.operations.entries()) {
    await requireRefusal(`operation ${index} ${when}`, backend.execute(index));
    if (operation.kind === 'programVerify') {
      const [cell] = operation.cells;
      const step = { kind: 'read', cells: cell === undefined ? [] : [cell], ...operation.read } as const;
      await requireRefusal(`step of operation ${index} ${when}`, backend.executeStep(index, step));
    }
  }
}

interface EditedProgram {
  readonly place: string;
  readonly program: CheckedProgram;
}

/** Every edit in turn; the first that is taken is named. */
function everyEditIsRefused(
  factory: BackendFactory,
  subject: string,
  edits: (subject: BackendSubject) => Iterable<EditedProgram>,
): Law {
  return {
    name: `a certificate for another ${subject} is refused, whatever the difference`,
    check: async () => {
      const whole = await factory();
      const { backend } = whole;
      await backend.open();
      try {
        let refused = 0;
        for (const { place, program } of edits(whole)) {
          await requireScheduleRefused(`${subject}, ${place} changed`, backend, program);
          refused++;
        }
        requireThat(refused > 0, () => `${subject}: found nothing to change`);
      } finally {
        await backend.close();
      }
    },
  };
}

function flippedBitIsRefused(factory: BackendFactory): Law {
  const flips = fc.record({ byte: fc.nat(), bit: fc.nat({ max: 7 }) });
  return asyncLawOf(
    'a schedule with one bit of its encoding flipped is refused',
    flips,
    async ({ byte, bit }) => {
      const { backend, program } = await factory();
      const bytes = Uint8Array.from(encodeSchedule(program.schedule));
      const at = byte % bytes.length;
      bytes[at]! ^= 1 << bit;
      const flipped = decodeOrNull(bytes);
      if (flipped === null) {
        return;
      }
      await backend.open();
      try {
        const changed = { ...program, schedule: flipped };
        await requireScheduleRefused(`bit ${bit} of byte ${at} flipped`, backend, changed);
      } finally {
        await backend.close();
      }
    },
    flipRuns,
  );
}

/** Null for bytes that are no schedule any more: those are refused before any backend sees them. */
function decodeOrNull(bytes: Uint8Array): Schedule | null {
  try {
    return decodeSchedule(bytes);
  } catch (error) {
    if (error instanceof ScheduleError) {
      return null;
    }
    throw error;
  }
}

async function requireScheduleRefused(
  what: string,
  backend: Backend,
  program: CheckedProgram,
): Promise<void> {
  await requireRefusal(`arming with ${what}`, backend.arm(program));
  await requireRefusal(`operation 0 after arming with ${what}`, backend.execute(0));
}
