import fc from 'fast-check';
import type { Backend } from '../run/backend.ts';
import { type BackendFactory, recordRun, requireRefusal } from './backend-subject.ts';
import { asyncLawOf, type Law, requireThat } from './law.ts';
import { requirePlausible } from './plausible-result.ts';

/** How a backend runs what it has taken. */
export function executionLaws(factory: BackendFactory): Law[] {
  return [
    answersFitQuestions(factory),
    forwardAndOnce(factory),
    laterChangesAreNotSeen(factory),
    capabilitiesAreStable(factory),
    closingTwiceIsHarmless(factory),
  ];
}

function answersFitQuestions(factory: BackendFactory): Law {
  return {
    name: 'every operation is answered in order, by a plausible result of its kind',
    check: async () => {
      const subject = await factory();
      const { backend, program, device } = subject;
      const { driver } = backend.capabilities();
      const { operations } = program.schedule;
      const events = await recordRun(subject);
      requireThat(
        events.length === operations.length,
        () => `${events.length} of ${operations.length} operations were answered`,
      );
      for (const [index, { operation, result }] of events.entries()) {
        requireThat(operation === index, () => `operation ${index} is recorded as ${operation}`);
        try {
          requirePlausible(operations[index]!, result, driver, device);
        } catch (cause) {
          throw new Error(`operation ${index}: ${String(cause)}`, { cause });
        }
      }
    },
  };
}

function forwardAndOnce(factory: BackendFactory): Law {
  const indices = fc.record({ requests: fc.array(fc.integer({ min: -1, max: 12 }), { maxLength: 12 }) });
  return asyncLawOf(
    'operations run forward only, and once',
    indices,
    async ({ requests }) => {
      const { backend, program } = await factory();
      const count = program.schedule.operations.length;
      await backend.open();
      try {
        await backend.arm(program);
        let latest = -1;
        for (const request of requests) {
          const index = Math.min(request, count);
          if (index <= latest || index === count) {
            await requireRefusal(
              `operation ${index} of ${count} after operation ${latest}`,
              backend.execute(index),
            );
          } else if (await isAccepted(backend, index)) {
            latest = index;
          } else {
            return;
          }
        }
      } finally {
        await backend.close();
      }
    },
    30,
  );
}

/** A backend may refuse to leave an operation out, and then the case ends; but only with an error of its own. */
async function isAccepted(backend: Backend, index: number): Promise<boolean> {
  const answer = await backend.execute(index).catch((error: unknown) => error);
  if (answer instanceof Error) {
    await requireRefusal(`operation ${index}`, Promise.reject(answer));
    return false;
  }
  return true;
}

/** What the caller changes in a program after it was armed changes nothing: the certified one runs. */
function laterChangesAreNotSeen(factory: BackendFactory): Law {
  return {
    name: 'what is changed in a program after it was armed is not run',
    check: async () => {
      const { backend, program, device } = await factory();
      const { driver, policies } = backend.capabilities();
      const handed = structuredClone(program);
      await backend.open();
      try {
        await backend.arm(handed);
        doubleEveryNumber(handed);
        for (const [index, operation] of program.schedule.operations.entries()) {
          if (operation.kind !== 'programVerify' || policies.includes(operation.policy.name)) {
            requirePlausible(operation, await backend.execute(index), driver, device);
          }
        }
      } finally {
        await backend.close();
      }
    },
  };
}

function doubleEveryNumber(value: object): void {
  for (const key of Object.keys(value)) {
    const member: unknown = Reflect.get(value, key);
    if (typeof member === 'number') {
      Reflect.set(value, key, 2 * member);
    } else if (typeof member === 'object' && member !== null) {
      doubleEveryNumber(member);
    }
  }
}

function capabilitiesAreStable(factory: BackendFactory): Law {
  return {
    name: 'its capabilities are the same whatever it is doing',
    check: async () => {
      const { backend, program } = await factory();
      const seen = [JSON.stringify(backend.capabilities())];
      const look = (): void => void seen.push(JSON.stringify(backend.capabilities()));
      await backend.open();
      try {
        look();
        await backend.arm(program);
        look();
        await backend.execute(0);
        look();
        await backend.safe();
        look();
      } finally {
        await backend.close();
      }
      look();
      requireThat(new Set(seen).size === 1, () => `capabilities were ${seen.join(', then ')}`);
    },
  };
}

function closingTwiceIsHarmless(factory: BackendFactory): Law {
  return {
    name: 'safe() answers from any state, and closing twice is harmless',
    check: async () => {
      const { backend, program } = await factory();
      await backend.safe();
      await backend.open();
      await backend.safe();
      await backend.arm(program);
      await backend.safe();
      await backend.safe();
      await backend.close();
      await backend.close();
      await backend.safe();
    },
  };
}
