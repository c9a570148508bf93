import fc from 'fast-check';
import type { CellTask, PolicyRun, Predict } from '../programming/policy.ts';
import type { PulseEnvelope } from '../schedule/operation.ts';
import type { Siemens } from '../units.ts';
import { type PolicyTrial, tryPolicy } from './policy-trial.ts';

/** A policy with its parameters. */
export interface PolicySubject {
  envelope(setPolarity: 1 | -1): PulseEnvelope;
  run(task: CellTask): PolicyRun;
}

/** A task, and a cell and a model that may answer anything. */
export interface PolicyCase {
  readonly task: Omit<CellTask, 'predict'>;
  /** Found by the reads, over and over. */
  readonly readings: readonly Siemens[];
  /** What a model says of a pulse: which of {@link predictions}. */
  readonly model: keyof typeof predictions;
}

/** Models that are right, wrong and absurd; each is a pure function. */
const predictions = {
  follows: (from, { volts, width }) => from * (1 + 0.1 * Math.tanh(-volts * Math.log1p(width * 1e6))),
  opposes: (from, { volts }) => from * (1 + 0.1 * Math.tanh(volts)),
  'never moves': (from) => from,
  vanishes: () => 0,
  explodes: () => Number.MAX_VALUE,
} as const satisfies Record<string, Predict>;

const conductances = fc.integer({ min: -600, max: -200 }).map((power) => 10 ** (power / 100));

/** Tasks whose target the device can take. */
export function reachableTasks(): fc.Arbitrary<PolicyCase['task']> {
  const factor = fc.integer({ min: 1, max: 100 });
  return fc
    .record({
      target: conductances,
      tolerance: fc.constantFrom(0.001, 0.01, 0.05, 0.3),
      below: factor,
      above: factor,
      setPolarity: fc.constantFrom(1 as const, -1 as const),
    })
    .map(({ target, tolerance, below, above, setPolarity }) => ({
      target,
      tolerance,
      range: { min: target / below, max: target * above },
      setPolarity,
    }));
}

/** Whatever a cell may answer: constant, alternating or random, near the target and at the ends of the numbers. */
function readingsFor({ target, tolerance }: PolicyCase['task']): fc.Arbitrary<readonly Siemens[]> {
  const extreme = fc.constantFrom(0, -target, Number.MIN_VALUE, 1e-30, 1e30, Number.MAX_VALUE);
  const edge = fc
    .constantFrom(-1.001, -0.999, 0, 0.999, 1.001)
    .map((part) => target * (1 + part * tolerance));
  const reading = fc.oneof(
    { arbitrary: conductances, weight: 3 },
    { arbitrary: edge, weight: 2 },
    { arbitrary: extreme, weight: 1 },
  );
  return fc.array(reading, { minLength: 1, maxLength: 8 });
}

/** Cases of tasks with answers for them. */
export function policyCases(
  tasks: fc.Arbitrary<PolicyCase['task']> = reachableTasks(),
): fc.Arbitrary<PolicyCase> {
  const model = fc.constantFrom('follows', 'opposes', 'never moves', 'vanishes', 'explodes');
  return tasks.chain((task) => fc.record({ task: fc.constant(task), readings: readingsFor(task), model }));
}

/** Run a policy through a case. */
export function tryCase(subject: PolicySubject, { task, readings, model }: PolicyCase): PolicyTrial {
  const run = subject.run({ ...task, predict: predictions[model] });
  return tryPolicy(run, subject.envelope(task.setPolarity), (read) => readings[read % readings.length]!);
}
