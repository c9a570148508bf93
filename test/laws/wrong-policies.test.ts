import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadDevice } from '../../devices/load-device.ts';
import { policyLaws } from '../../src/laws/policy-laws.ts';
import { isReachable, isWithinTolerance, type Policy, type PolicyRun } from '../../src/programming/policy.ts';
import { seed } from './seed.ts';
import { brokenLaws } from './trying.ts';

const laws = {
  list: 'the envelope is a list of pulses and counts',
  inside: 'whatever the readings say, it stays inside its envelope and ends',
  verdict: 'it reads first and last, and has converged exactly if the last reading is within tolerance',
  quiet: 'a cell that is within tolerance gets no pulse',
  unreachable: 'a target that the device cannot take gets no pulse',
  pure: 'the same readings give the same steps',
  converges: 'reachable targets converge on a cell of data-driven-2016 virtual-arc',
} as const;

const { model, set } = await loadDevice('data-driven-2016', 'virtual-arc');
const bench = { model, set, tolerance: 0.05, leastConverged: 0.9 };

const pulse = { volts: 1.3, width: 1e-6 };
const maxPulses = 100;

/** Pulse and read until the reading is near enough. */
const simple: Policy = {
  name: 'simple',
  title: 'one pulse either way',
  source: 'this test',
  needsModel: false,
  schema: () => z.strictObject({}),
  envelope: () => ({
    pulses: [pulse, { ...pulse, volts: -pulse.volts }],
    maxPulses,
    maxReads: maxPulses + 1,
  }),
  *run(task): PolicyRun {
    let reading = yield 'read';
    if (!isReachable(task)) {
      return 'unreachable';
    }
    for (let count = 0; count < maxPulses && !isWithinTolerance(task, reading); count++) {
      const sign = reading < task.target ? task.setPolarity : -task.setPolarity;
      yield { ...pulse, volts: sign * pulse.volts };
      reading = yield 'read';
    }
    return isWithinTolerance(task, reading) ? 'converged' : 'gave-up';
  },
};

const calls = { count: 0 };

const wrong: readonly { title: string; policy: Policy; breaks: readonly string[] }[] = [
  {
    title: 'a pulse that its envelope does not list',
    policy: { ...simple, envelope: () => ({ pulses: [pulse], maxPulses, maxReads: maxPulses + 1 }) },
    breaks: [laws.inside],
  },
  {
    title: 'one read more than its envelope allows',
    policy: { ...simple, envelope: () => ({ ...simple.envelope({}, 1), maxReads: maxPulses }) },
    breaks: [laws.inside],
  },
  {
    title: 'no end while the readings are wrong',
    policy: {
      ...simple,
      *run(task) {
        while (!isWithinTolerance(task, yield 'read')) {
          yield pulse;
        }
        return 'converged';
      },
    },
    breaks: [laws.inside],
  },
  {
    title: 'counts that are none',
    policy: { ...simple, envelope: () => ({ ...simple.envelope({}, 1), maxReads: Infinity }) },
    breaks: [laws.list],
  },
  {
    title: 'a verdict that hopes for the best',
    policy: {
      ...simple,
      *run(task, parameters) {
        const verdict = yield* simple.run(task, parameters);
        return verdict === 'gave-up' ? 'converged' : verdict;
      },
    },
    breaks: [laws.verdict],
  },
  {
    title: 'a last pulse that is not verified',
    policy: {
      ...simple,
      *run(task, parameters) {
        const verdict = yield* simple.run(task, parameters);
        yield pulse;
        return verdict;
      },
    },
    breaks: [laws.verdict, laws.quiet, laws.unreachable],
  },
  {
    title: 'a pulse for every target',
    policy: {
      ...simple,
      *run(task, parameters) {
        yield 'read';
        yield pulse;
        return yield* simple.run(task, parameters);
      },
      envelope: () => ({ ...simple.envelope({}, 1), maxPulses: maxPulses + 1, maxReads: maxPulses + 2 }),
    },
    breaks: [laws.quiet, laws.unreachable],
  },
  {
    title: 'steps that depend on the runs before',
    policy: {
      ...simple,
      *run(task, parameters) {
        if (calls.count++ % 2 === 0) {
          yield 'read';
        }
        return yield* simple.run(task, parameters);
      },
      envelope: () => ({ ...simple.envelope({}, 1), maxReads: maxPulses + 2 }),
    },
    breaks: [laws.pure],
  },
  {
    title: 'pulses in the wrong direction',
    policy: {
      ...simple,
      run: (task, parameters) =>
        simple.run({ ...task, setPolarity: task.setPolarity === 1 ? -1 : 1 }, parameters),
    },
    breaks: [laws.converges],
  },
];

describe(`wrong policies are rejected, seed ${seed}`, () => {
  test.each(wrong)('$title', async ({ policy, breaks }) => {
    const suite = policyLaws(policy, {}, bench).filter(({ name }) => breaks.includes(name));
    expect([...(await brokenLaws(suite)).keys()].sort()).toEqual([...breaks].sort());
  });

  test('every law that does not need the policy table is broken by one of them', () => {
    const caught = new Set(wrong.flatMap(({ breaks }) => breaks));
    expect(policyLaws(simple, {}, bench).map(({ name }) => name)).toEqual(Object.values(laws));
    expect(Object.values(laws).filter((law) => !caught.has(law))).toEqual([]);
  });

  test('without the mistake the same policy breaks nothing', async () => {
    expect(await brokenLaws(policyLaws(simple, {}, bench))).toEqual(new Map());
  });
});

test('parameters that the policy refuses are a configuration error', () => {
  expect(() => policyLaws(simple, { volts: 1 })).toThrow('policy laws, simple: ');
});
