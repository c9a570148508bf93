import type { ExperimentResults, ResultTable } from '../files/experiment-results.ts';
import { RunFolder } from '../files/run-folder.ts';
import type { Lab } from '../lab/lab.ts';
import { createPspKernel } from '../network/psp-kernel.ts';
import { tempotronMaximum } from '../network/tempotron.ts';
import { trainTempotron, type LabelledPattern, type TempotronTraining } from '../network/train-tempotron.ts';
import { formatQuantity } from '../quantity.ts';
import type { RunControl } from '../run/run-control.ts';
import type { RunSummary } from '../run/run-record.ts';
import type { Joules } from '../units.ts';
import { window, type TempotronData } from './tempotron-data.ts';
import { freshPairs, pairWeights, trainTempotronOnArray } from './tempotron-training.ts';

export interface TempotronOptions {
  readonly data: TempotronData;
  readonly lab: Lab;
  readonly seed: number;
  /** Passes over the training cases, at most. */
  readonly epochs: number;
  readonly out: string;
  readonly command: string;
  readonly control: RunControl;
  readonly onProgress: (stage: string, done: number) => void;
}

/** What a trained tempotron knows. */
export interface TempotronOutcome {
  /** Share of right answers. */
  readonly training: number;
  readonly test: number;
  /** Number of wrong cases in each pass. */
  readonly errors: readonly number[];
}

export interface TempotronResult {
  readonly status: 'done' | 'interrupted';
  readonly float: TempotronOutcome;
  /** None when the run was interrupted. */
  readonly onArray?: TempotronOutcome & {
    readonly summary: RunSummary;
    /** Heat in the cells for one test case, and its spikes. */
    readonly joulesPerCase: Joules;
    readonly spikesPerCase: number;
  };
}

/** Kernel of NeuroPack's tempotron, doi 10.3389/fnano.2022.851856. */
const kernel = createPspKernel(20e-3, 5e-3);
/** Half of what one weight of 1 lifts the membrane to. */
const threshold = 0.5;
const rate = 0.03;

/**
 * Train a tempotron on real cases that are encoded in the times of spikes, with its weights as numbers, and again with
 * its weights in pairs of cells that are pulsed after every error.
 *
 * @throws ConfigError when the run folder holds anything
 * @source R. Guetig, H. Sompolinsky, Nat. Neurosci. 9, 420 (2006), doi 10.1038/nn1643
 */
export async function runTempotron(options: TempotronOptions): Promise<TempotronResult> {
  const { data, lab, seed, epochs, out, onProgress } = options;
  const range = lab.config.program.range ?? lab.device.set.conductance;
  const training: TempotronTraining = { kernel, threshold, rate, epochs };
  const start = pairWeights(freshPairs(data.inputs, seed), range);
  const number = trainTempotron(training, start, data.training);
  const float = outcome(data, number.weights, number.errors);
  const trained = await trainTempotronOnArray(lab, range, data.training, training, data.inputs, {
    ...options,
    onProgress: (done) => onProgress('train on array', done),
  });
  const { status, summary, weights, errors, conductances } = trained;
  const result: TempotronResult =
    status === 'interrupted'
      ? { status, float }
      : {
          status,
          float,
          onArray: {
            ...outcome(data, weights, errors),
            summary,
            ...caseCost(lab, data.test, conductances),
          },
        };
  await new RunFolder(out).writeResults(results(options, result));
  return result;
}

function outcome(data: TempotronData, weights: Float64Array, errors: readonly number[]): TempotronOutcome {
  const right = (samples: readonly LabelledPattern[]): number =>
    samples.filter(
      ({ pattern, fires }) => tempotronMaximum(kernel, weights, pattern).voltage > threshold === fires,
    ).length / samples.length;
  return { training: right(data.training), test: right(data.test), errors };
}

/** Every spike is a read of both cells of its input. */
function caseCost({ read }: Lab, samples: readonly LabelledPattern[], conductances: Float64Array) {
  let spikes = 0;
  let siemens = 0;
  for (const { pattern } of samples) {
    spikes += pattern.inputs.length;
    for (const input of pattern.inputs) {
      siemens += conductances[2 * input]! + conductances[2 * input + 1]!;
    }
  }
  return {
    spikesPerCase: spikes / samples.length,
    joulesPerCase: (read.volts ** 2 * read.width * siemens) / samples.length,
  };
}

function results(options: TempotronOptions, { float, onArray }: TempotronResult): ExperimentResults {
  const { data } = options;
  const ways = [
    { name: 'numbers', found: float },
    ...(onArray === undefined ? [] : [{ name: 'pairs of cells', found: onArray }]),
  ];
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  return {
    title: 'Tempotron on latencies, trained by pulses',
    figures: ways.map(({ name, found }) => ({
      label: `Weights as ${name}`,
      value: found.test,
      unit: '%',
      note: `${data.test.length} test cases`,
    })),
    curves: [
      {
        title: 'Wrong cases in each pass of training',
        xLabel: 'pass',
        yLabel: 'wrong',
        yUnit: '%',
        curves: ways.map(({ name, found }) => ({
          name,
          points: found.errors.map((wrong, pass) => ({
            x: String(pass + 1),
            y: wrong / data.training.length,
          })),
        })),
      },
    ],
    tables: [
      {
        title: 'Right answers',
        columns: ['Weights', 'Training cases', 'Test cases', 'Passes'],
        rows: ways.map(({ name, found }) => [
          name,
          percent(found.training),
          percent(found.test),
          found.errors.length,
        ]),
      },
      ...(onArray === undefined ? [] : [ledger(onArray)]),
      dataTable(options),
    ],
  };
}

function ledger({
  summary,
  spikesPerCase,
  joulesPerCase,
}: NonNullable<TempotronResult['onArray']>): ResultTable {
  return {
    title: 'Ledger',
    columns: ['What', 'Value'],
    rows: [
      ['pulses of training', summary.pulses],
      ['reads of training', summary.reads],
      ['energy in the array, training', formatQuantity(summary.energyJoules, 'energy', 3)],
      ['hardware time, training', formatQuantity(summary.hardwareSeconds, 'time', 3)],
      ['input spikes of a test case', spikesPerCase.toFixed(1)],
      ['energy in the cells, a test case', formatQuantity(joulesPerCase, 'energy', 3)],
    ],
  };
}

function dataTable({ data, epochs, seed }: TempotronOptions): ResultTable {
  return {
    title: 'Data and settings',
    columns: ['What', 'Value'],
    rows: [
      ['cases', `${data.title}; ${data.citation}`],
      ['training cases, test cases', `${data.training.length}, ${data.test.length}`],
      [
        'code',
        `latency within ${formatQuantity(window, 'time')}, ${data.inputs} inputs, two for each feature`,
      ],
      [
        'neuron',
        `membrane ${formatQuantity(kernel.tau, 'time')}, synapses ${formatQuantity(kernel.tauSynapse, 'time')}, threshold ${threshold}`,
      ],
      ['rate, passes at most, seed', `${rate}, ${epochs}, ${seed}`],
    ],
  };
}
