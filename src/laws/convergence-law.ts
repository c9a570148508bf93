import fc from 'fast-check';
import { conductanceAt } from '../model/device-model.ts';
import { parameterValues } from '../model/parameter-set.ts';
import { stateAtConductance } from '../model/state-at-conductance.ts';
import { advanceState } from '../model/state-integrator.ts';
import type { Dimensionless, Siemens } from '../units.ts';
import { type BenchDevice, benchKnowledge } from './emulated-bench.ts';
import { type Law, requireThat, runParameters } from './law.ts';
import type { PolicySubject } from './policy-subject.ts';
import { type PolicyTrial, tryPolicy } from './policy-trial.ts';

/** A published device on which a policy is to work, and how well. */
export interface PolicyBench extends BenchDevice {
  /** Largest accepted |G - target| / target. */
  readonly tolerance: Dimensionless;
  /** Part of the reachable targets that must converge, from 0 to 1. */
  readonly leastConverged: Dimensionless;
}

const numRuns = 200;

/** On a cell of the published device, without noise, the policy reaches as many targets as it is meant to. */
export function convergenceLaw(subject: PolicySubject, bench: PolicyBench): Law {
  const { min, max } = bench.set.conductance;
  const conductance = fc.nat({ max: 1000 }).map((step) => Math.min(min + ((max - min) * step) / 1000, max));
  const cases = fc.record({ start: conductance, target: conductance });
  return {
    name: `reachable targets converge on a cell of ${bench.model.name} ${bench.set.name}`,
    check: (settings) => {
      const parameters = runParameters(settings, numRuns);
      const missed = fc
        .sample(cases, parameters)
        .map(({ start, target }) => ({ start, target, trial: programCell(subject, bench, start, target) }))
        .filter(({ trial }) => trial.verdict !== 'converged');
      const converged = 1 - missed.length / parameters.numRuns;
      requireThat(
        converged >= bench.leastConverged,
        () =>
          `${(100 * converged).toFixed(1)} % of ${parameters.numRuns} targets converged (seed ${parameters.seed}), expected ${100 * bench.leastConverged} %; ${describe(missed)}`,
      );
    },
  };
}

function programCell(
  subject: PolicySubject,
  bench: PolicyBench,
  start: Siemens,
  target: Siemens,
): PolicyTrial {
  const { model, set, tolerance } = bench;
  const p = parameterValues(model.parameters, set);
  const knowledge = benchKnowledge(bench);
  let x = stateAtConductance(model, set.readVolts, start, p);
  let applied = 0;
  return tryPolicy(
    subject.run({ ...knowledge, target, tolerance }),
    subject.envelope(model.setPolarity),
    (_read, pulses) => {
      for (const { volts, width } of pulses.slice(applied)) {
        x = advanceState(model, volts, x, width, p);
      }
      applied = pulses.length;
      return conductanceAt(model, set.readVolts, x, p);
    },
  );
}

function describe(missed: readonly { start: Siemens; target: Siemens; trial: PolicyTrial }[]): string {
  const examples = missed.slice(0, 3).map(({ start, target, trial }) => {
    const { verdict, pulses, readings } = trial;
    return `${start} S to ${target} S: ${verdict} at ${readings.at(-1)} S after ${pulses.length} pulses`;
  });
  return `for example ${examples.join('; ')}`;
}
