import fc from 'fast-check';
import type { Variability } from '../model/variability.ts';
import { planArray } from '../programming/plan-array.ts';
import type { CheckedProgram, OperationResult } from '../run/backend.ts';
import { runProgram } from '../run/engine.ts';
import { RunControl } from '../run/run-control.ts';
import type { PolicyCall } from '../schedule/operation.ts';
import { firstDifference } from './array-run.ts';
import { type ConductanceMatrix, conductanceMatrices } from './conductance-matrices.ts';
import type { PolicyBench } from './convergence-law.ts';
import { benchKnowledge, benchProgram, emulateBench } from './emulated-bench.ts';
import { asyncLawOf, type Law, requireThat } from './law.ts';

const numRuns = 20;

/** Pulses and reads scatter, so that one draw more or less in either form shows. */
const noise: Variability = {
  deviceToDevice: {},
  cycleToCycle: 0.1,
  readNoise: { distribution: 'normal', relative: 0.005 },
  stuck: { high: 0.05, low: 0.05 },
};

/**
 * A write-verify loop is the same pulses, reads and states, to the last bit, whether the backend runs it or the engine
 * expands it.
 */
export function programVerifyLaw(policy: PolicyCall, bench: PolicyBench): Law {
  const matrix = conductanceMatrices(bench.set.conductance, 3);
  const cases = fc.record({ start: matrix, goal: matrix, seed: fc.nat() });
  return asyncLawOf(
    'the loop in the backend and the loop in the engine give the same pulses',
    cases,
    async ({ start, goal, seed }) => {
      const program = programFor(policy, bench, start, goal);
      const native = await runOn(bench, start, seed, program);
      const expanded = await runOn(bench, start, seed, program, []);
      for (const [operation, result] of native.results.entries()) {
        const [one, other] = [result, expanded.results[operation]].map(measured);
        requireThat(
          one === other,
          () => `operation ${operation}: the backend gives ${one}, the engine ${other}`,
        );
      }
      const cell = firstDifference(native.states, expanded.states);
      requireThat(
        cell < 0,
        () => `the states of cell ${cell} differ: ${native.states[cell]} and ${expanded.states[cell]}`,
      );
    },
    numRuns,
  );
}

/** Two visits of every cell and a readout. The targets are those of `goal`, over and over if it is smaller. */
function programFor(
  policy: PolicyCall,
  { model, set, tolerance }: PolicyBench,
  start: ConductanceMatrix,
  goal: ConductanceMatrix,
): CheckedProgram {
  const targets = start.conductances.map((_, index) => goal.conductances[index % goal.conductances.length]!);
  const operations = planArray({
    geometry: start.geometry,
    targets,
    tolerance,
    policy,
    setPolarity: model.setPolarity,
    read: { volts: set.readVolts, width: 1e-6, bias: 'grounded' },
    bias: 'half',
    passes: 2,
  });
  return benchProgram(start.geometry, operations);
}

async function runOn(
  bench: PolicyBench,
  start: ConductanceMatrix,
  seed: number,
  program: CheckedProgram,
  policies?: readonly string[],
): Promise<{ readonly results: readonly OperationResult[]; readonly states: Float64Array }> {
  const { crossbar, backend } = emulateBench(bench, start, seed, noise, policies);
  const results: OperationResult[] = [];
  await runProgram({
    backend,
    program,
    journal: { append: ({ result }) => void results.push(result) },
    control: new RunControl(),
    device: benchKnowledge(bench),
  });
  return { results, states: crossbar.states() };
}

/** All of a result but its cost, whose sums are added up in another order. */
function measured(result: OperationResult | undefined): string {
  return JSON.stringify({ ...result, cost: undefined });
}
