import { describe, expect, test } from 'vitest';
import { backendLaws } from '../../src/laws/backend-laws.ts';
import type { BackendSubject } from '../../src/laws/backend-subject.ts';
import type { Backend, CheckedProgram, OperationResult } from '../../src/run/backend.ts';
import { certify } from '../../src/schedule/compile.ts';
import { simulated } from './bench-subject.ts';
import { seed } from './seed.ts';
import { brokenLaws } from './trying.ts';

const laws = {
  unarmed: 'nothing runs before a program is armed, after safe() or after close()',
  schedule: 'a certificate for another schedule is refused, whatever the difference',
  limits: 'a certificate for another safe operating area is refused, whatever the difference',
  driver: 'a certificate for another driver is refused, whatever the difference',
  bit: 'a schedule with one bit of its encoding flipped is refused',
  answers: 'every operation is answered in order, by a plausible result of its kind',
  once: 'operations run forward only, and once',
  copy: 'what is changed in a program after it was armed is not run',
  capabilities: 'its capabilities are the same whatever it is doing',
  close: 'safe() answers from any state, and closing twice is harmless',
} as const;

/** A backend in front of a simulated one, with one method replaced. */
function inFrontOf(inner: Backend, replaced: Partial<Backend>): Backend {
  return {
    name: inner.name,
    capabilities: () => inner.capabilities(),
    open: () => inner.open(),
    arm: (program) => inner.arm(program),
    execute: (operation) => inner.execute(operation),
    executeStep: (operation, step) => inner.executeStep(operation, step),
    safe: () => inner.safe(),
    close: () => inner.close(),
    ...replaced,
  };
}

type Mistake = (inner: Backend, subject: BackendSubject) => Partial<Backend>;

/** Arms whatever it is given, with a certificate of its own making. */
const certifiesItself: Mistake = (inner) => ({
  arm: (program: CheckedProgram) => {
    const { schedule, safeOperatingArea } = program;
    const { driver } = inner.capabilities();
    return inner.arm({ ...program, certificate: certify(schedule, safeOperatingArea, driver) });
  },
});

function changingResults(change: (result: OperationResult, index: number) => OperationResult): Mistake {
  return (inner) => ({ execute: async (index) => change(await inner.execute(index), index) });
}

const remembersResults: Mistake = (inner) => {
  const results = new Map<number, OperationResult>();
  return {
    execute: async (index) => {
      const result = results.get(index) ?? (await inner.execute(index));
      results.set(index, result);
      return result;
    },
  };
};

const rearmsItself: Mistake = (inner, { program }) => ({
  execute: async (index) => {
    await inner.arm(program);
    return inner.execute(index);
  },
});

const keepsTheReference: Mistake = (inner) => {
  let armed: CheckedProgram | undefined;
  return {
    arm: async (program) => {
      await inner.arm(program);
      armed = program;
    },
    execute: async (index) => {
      const result = await inner.execute(index);
      const operation = armed?.schedule.operations[index];
      return result.kind === 'pulse' && operation?.kind === 'pulse'
        ? { ...result, volts: operation.volts, width: operation.width }
        : result;
    },
  };
};

const changesWhenArmed: Mistake = (inner) => {
  let armed = false;
  return {
    capabilities: () => ({ ...inner.capabilities(), controller: armed ? 'busy' : 'idle' }),
    arm: async (program) => {
      await inner.arm(program);
      armed = true;
    },
  };
};

const closesOnce: Mistake = (inner) => {
  let closed = false;
  return {
    close: async () => {
      if (closed) {
        throw new Error('the port is closed');
      }
      closed = true;
      await inner.close();
    },
  };
};

const wrong: readonly { title: string; mistake: Mistake; breaks: readonly string[] }[] = [
  {
    title: 'certifies what it is given itself',
    mistake: certifiesItself,
    breaks: [laws.schedule, laws.limits, laws.driver, laws.bit],
  },
  { title: 'safe() does nothing', mistake: () => ({ safe: async () => {} }), breaks: [laws.unarmed] },
  {
    title: 'arms itself again for every operation',
    mistake: rearmsItself,
    breaks: [laws.unarmed, laws.once],
  },
  { title: 'answers a repeated request from memory', mistake: remembersResults, breaks: [laws.once] },
  {
    title: 'refuses with an error that is not typed',
    mistake: (inner) => ({
      execute: (index) =>
        inner.execute(index).catch((error: unknown) => {
          throw new Error(String(error), { cause: error });
        }),
    }),
    breaks: [laws.unarmed, laws.once],
  },
  { title: 'does not copy the program', mistake: keepsTheReference, breaks: [laws.copy] },
  {
    title: 'answers a pulse with what was asked plus a step',
    mistake: changingResults((result) =>
      result.kind === 'pulse' ? { ...result, volts: result.volts + 3e-4 } : result,
    ),
    breaks: [laws.answers],
  },
  {
    title: 'answers a read with NaN',
    mistake: changingResults((result) =>
      result.kind === 'read'
        ? { ...result, readings: result.readings.map(({ cell }) => ({ cell, conductance: Number.NaN })) }
        : result,
    ),
    breaks: [laws.answers],
  },
  {
    title: 'reads the cells the wrong way round',
    mistake: changingResults((result) =>
      result.kind === 'read' ? { ...result, readings: result.readings.toReversed() } : result,
    ),
    breaks: [laws.answers],
  },
  {
    title: 'takes no time',
    mistake: changingResults((result) => ({ ...result, cost: { ...result.cost, seconds: 0 } })),
    breaks: [laws.answers],
  },
  {
    title: 'says that every cell has converged',
    mistake: changingResults((result) =>
      result.kind === 'programVerify'
        ? {
            ...result,
            cells: result.cells.map((cell) => ({
              ...cell,
              outcome: 'converged' as const,
              conductance: 1e-6,
            })),
          }
        : result,
    ),
    breaks: [laws.answers],
  },
  {
    title: 'answers a frame with the current of one bit line',
    mistake: changingResults((result) =>
      result.kind === 'frame' ? { ...result, bitCurrents: result.bitCurrents.slice(0, 1) } : result,
    ),
    breaks: [laws.answers],
  },
  { title: 'has other capabilities when armed', mistake: changesWhenArmed, breaks: [laws.capabilities] },
  { title: 'cannot be closed twice', mistake: closesOnce, breaks: [laws.close] },
];

describe(`wrong backends are rejected, seed ${seed}`, () => {
  test.each(wrong)('$title', async ({ mistake, breaks }) => {
    const suite = backendLaws(() => {
      const subject = simulated();
      return { ...subject, backend: inFrontOf(subject.backend, mistake(subject.backend, subject)) };
    });
    const broken = await brokenLaws(suite.filter(({ name }) => breaks.includes(name)));
    expect([...broken.keys()].sort()).toEqual([...breaks].sort());
  });

  test('without a mistake the same backend breaks nothing', async () => {
    const broken = await brokenLaws(
      backendLaws(() => {
        const subject = simulated();
        return { ...subject, backend: inFrontOf(subject.backend, {}) };
      }),
    );
    expect(broken).toEqual(new Map());
  });
});
