import type { ExperimentResults } from '../files/experiment-results.ts';
import { RunFolder } from '../files/run-folder.ts';
import type { Lab } from '../lab/lab.ts';
import { formatQuantity } from '../quantity.ts';
import type { RunControl } from '../run/run-control.ts';
import type { RunSummary } from '../run/run-record.ts';
import type { Seconds } from '../units.ts';
import type { LifDigitsData } from './lif-digits-data.ts';
import { peripheryTable, type SynapsePeriphery } from './synapse-periphery.ts';
import { lifAccuracy, trainOnLifArray, trainWithoutArray } from './lif-digits-training.ts';

export interface LifDigitsOptions {
  readonly data: LifDigitsData;
  readonly lab: Lab;
  readonly seed: number;
  /** Tolerances of write-verify to measure beside that of the lab, which is recorded. */
  readonly tolerances: readonly number[];
  readonly periphery: SynapsePeriphery;
  readonly out: string;
  readonly command: string;
  readonly control: RunControl;
  readonly onProgress: (stage: string, done: number) => void;
}

/** What one way to hold the weights gave. */
export interface LifOutcome {
  /** None without memristors. */
  readonly tolerance?: number;
  /** Share of right answers during training, and on the test digits after it. */
  readonly online: number;
  readonly test: number;
  readonly summary?: RunSummary;
  /** Time of the processor for training, seconds a digit. */
  readonly secondsPerDigit: Seconds;
}

export interface LifDigitsResult {
  readonly status: 'done' | 'interrupted';
  readonly outcomes: readonly LifOutcome[];
}

const citation = 'J. Huang et al., Front. Nanotechnol. 4 (2022), doi 10.3389/fnano.2022.851856';

/** Published accuracy during training and on 2,000 test digits, without memristor and by tolerance. */
const published: ReadonlyMap<number | undefined, readonly [number, number]> = new Map([
  [undefined, [0.8072, 0.8355]],
  [0.001, [0.809, 0.82]],
  [0.01, [0.8121, 0.807]],
  [0.02, [0.6458, 0.5205]],
  [0.03, [0.255, 0.124]],
]);

/**
 * Repeat NeuroPack's demonstration: binary digits of 22 x 22 pixels, ten leaky integrate-and-fire neurons of which one
 * wins, and supervised pulses on 484 x 10 devices.
 *
 * @throws ConfigError when the run folder holds anything
 * @source J. Huang et al., Front. Nanotechnol. 4 (2022), doi 10.3389/fnano.2022.851856
 */
export async function runLifDigits(options: LifDigitsOptions): Promise<LifDigitsResult> {
  const { lab, tolerances, control, out } = options;
  const own = lab.config.program.tolerance;
  const outcomes = [await withoutArray(options)];
  for (const tolerance of new Set([own, ...tolerances])) {
    const outcome = await onArray(options, tolerance, tolerance === own ? out : undefined);
    if (control.pauseRequested) {
      break;
    }
    outcomes.push(outcome);
  }
  await new RunFolder(out).writeResults(results(options, outcomes));
  return { status: control.pauseRequested ? 'interrupted' : 'done', outcomes };
}

async function withoutArray({ data, lab, seed }: LifDigitsOptions): Promise<LifOutcome> {
  const start = process.cpuUsage();
  const { online, sums } = await trainWithoutArray(data.train, rangeOf(lab), seed);
  const secondsPerDigit = processorSeconds(start) / data.train.labels.length;
  return { online, test: lifAccuracy(sums, data.test), secondsPerDigit };
}

async function onArray(
  options: LifDigitsOptions,
  tolerance: number,
  out: string | undefined,
): Promise<LifOutcome> {
  const { data, lab, periphery, onProgress } = options;
  const start = process.cpuUsage();
  const program = { ...lab.config.program, tolerance };
  const trained = await trainOnLifArray(
    { ...lab, config: { ...lab.config, program } },
    data.train,
    rangeOf(lab),
    periphery,
    { ...options, out, onProgress: (done) => onProgress(`train at ${100 * tolerance} %`, done) },
  );
  const secondsPerDigit = processorSeconds(start) / data.train.labels.length;
  const { online, summary, sums } = trained;
  return { tolerance, online, test: lifAccuracy(sums, data.test), summary, secondsPerDigit };
}

function processorSeconds(start: NodeJS.CpuUsage): Seconds {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function rangeOf({ config, device }: Lab) {
  return config.program.range ?? device.set.conductance;
}

function results(
  { data, lab, periphery }: LifDigitsOptions,
  outcomes: readonly LifOutcome[],
): ExperimentResults {
  const percent = (share: number | undefined): string =>
    share === undefined ? '–' : `${(100 * share).toFixed(2)} %`;
  const name = (tolerance: number | undefined): string =>
    tolerance === undefined ? 'without memristors' : `memristors, ${100 * tolerance} %`;
  return {
    title: 'Binary digits with winner-take-all neurons on a memristor array',
    figures: outcomes.slice(0, 2).map(({ tolerance, test }) => ({
      label: name(tolerance),
      value: test,
      unit: '%',
      note: `${data.test.labels.length} test digits`,
    })),
    tables: [
      {
        title: 'Beside the published demonstration',
        columns: [
          'Weights, tolerance of write-verify',
          'During training',
          'Test',
          'Published, during training',
          'Published, test',
        ],
        rows: outcomes.map(({ tolerance, online, test }) => [
          name(tolerance),
          percent(online),
          percent(test),
          percent(published.get(tolerance)?.[0]),
          percent(published.get(tolerance)?.[1]),
        ]),
      },
      {
        title: 'Ledger of training',
        columns: [
          'Weights',
          'Pulses',
          'Reads',
          'Energy in the array',
          'Hardware time',
          'Processor time a digit',
        ],
        rows: outcomes.map(({ tolerance, summary, secondsPerDigit }) => [
          name(tolerance),
          summary?.pulses ?? '–',
          summary?.reads ?? '–',
          summary === undefined ? '–' : formatQuantity(summary.energyJoules, 'energy', 3),
          summary === undefined ? '–' : formatQuantity(summary.hardwareSeconds, 'time', 3),
          formatQuantity(secondsPerDigit, 'time', 3),
        ]),
      },
      peripheryTable(lab, periphery),
      {
        title: 'Data',
        columns: ['What', 'Value'],
        rows: [
          ['digits', data.title],
          [
            'published figures',
            `${citation}; its labels 0.1, 1, 2 and 3 are taken for tolerances in percent`,
          ],
        ],
      },
    ],
  };
}
