import type { ExperimentResults, ResultFigure, ResultTable } from '../files/experiment-results.ts';
import type { Lab } from '../lab/lab.ts';
import { formatQuantity } from '../quantity.ts';
import type { Joules } from '../units.ts';
import { peripheryTable, type SynapsePeriphery } from './synapse-periphery.ts';
import type { TextData } from './text-data.ts';
import { study, type SpikingOutcome, type TextRun } from './text-study.ts';

export interface TextResultsInput {
  readonly data: TextData;
  readonly lab: Lab;
  readonly steps: number;
  readonly epochs: number;
  readonly periphery: SynapsePeriphery;
}

/**
 * Energy of one operation of 32-bit floating point in 45 nm digital logic: multiplication and addition, addition alone.
 *
 * @source M. Horowitz, ISSCC 2014, 10-14, doi 10.1109/ISSCC.2014.6757323
 */
const digitalJoules = { multiplyAccumulate: 4.6e-12, accumulate: 0.9e-12 } as const;

/** Everything that a report shows of the repetitions of the study. */
export function textResults(input: TextResultsInput, runs: readonly TextRun[]): ExperimentResults {
  const { data, lab, periphery } = input;
  return {
    title: `Text classification on a memristor array: ${data.title}`,
    figures: figures(input, runs),
    tables: [
      beside(runs),
      perSeed(runs),
      ...thresholdTable(runs),
      ...ledgers(input, runs),
      wallTime(runs),
      peripheryTable(lab, periphery),
      dataTable(input),
    ],
  };
}

/** Values of the repetitions that have one. */
function valuesOf(runs: readonly TextRun[], value: (run: TextRun) => number | undefined): number[] {
  return runs.map(value).filter((found) => found !== undefined);
}

/** "86.02 %", with lowest and highest where there are several. */
function percentages(values: readonly number[]): string {
  if (values.length === 0) {
    return '–';
  }
  const percent = (value: number): string => (100 * value).toFixed(2);
  const spread =
    values.length === 1 ? '' : ` (${percent(Math.min(...values))} to ${percent(Math.max(...values))})`;
  return `${percent(meanOf(values))} %${spread}`;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function figures({ data, steps, epochs }: TextResultsInput, runs: readonly TextRun[]): ResultFigure[] {
  const converted = valuesOf(runs, (run) => run.converted?.test.accuracy);
  const direct = valuesOf(runs, (run) => run.direct?.test.accuracy);
  const seeds = runs.length === 1 ? '1 seed' : `mean of ${runs.length} seeds`;
  return [
    {
      label: 'ANN in float',
      value: meanOf(runs.map(({ annMean }) => annMean)),
      unit: '%',
      note: `${data.test.texts.length} test texts, ${seeds}`,
    },
    ...(converted.length === 0
      ? []
      : [
          {
            label: 'Converted, on the array',
            value: meanOf(converted),
            unit: '%',
            note: `${steps} time steps`,
          },
        ]),
    ...(direct.length === 0
      ? []
      : [{ label: 'Trained on the array', value: meanOf(direct), unit: '%', note: `${epochs} epochs` }]),
  ];
}

function beside(runs: readonly TextRun[]): ResultTable {
  const { ann, converted, direct } = study.accuracy;
  return {
    title: 'Beside the published study',
    columns: ['Network', 'Here: mean (lowest to highest)', 'Published, IMDB'],
    rows: [
      [
        'ANN, parameters at the end of the best epoch',
        percentages(runs.map(({ annLast }) => annLast)),
        percentages([ann]),
      ],
      ['ANN, mean parameters of the training', percentages(runs.map(({ annMean }) => annMean)), '–'],
      [
        'converted to spikes and cells',
        percentages(valuesOf(runs, (run) => run.converted?.test.accuracy)),
        percentages([converted]),
      ],
      [
        'trained on the array',
        percentages(valuesOf(runs, (run) => run.direct?.test.accuracy)),
        percentages([direct]),
      ],
    ],
  };
}

function perSeed(runs: readonly TextRun[]): ResultTable {
  const one = (value: number | undefined): string => percentages(value === undefined ? [] : [value]);
  return {
    title: 'By seed',
    columns: ['Seed', 'ANN, end of epoch', 'ANN, mean', 'Converted', 'Trained on the array'],
    rows: runs.map((run) => [
      run.seed,
      one(run.annLast),
      one(run.annMean),
      one(run.converted?.test.accuracy),
      one(run.direct?.test.accuracy),
    ]),
  };
}

function thresholdTable(runs: readonly TextRun[]): ResultTable[] {
  const rows = runs[0]?.thresholds ?? [];
  const lengths = [...new Set(rows.map(({ steps }) => steps))];
  if (rows.length === 0) {
    return [];
  }
  return [
    {
      title: 'Short spike trains: how the threshold is chosen',
      columns: ['Threshold', ...lengths.map((steps) => `${steps} steps`)],
      rows: [...new Set(rows.map(({ threshold }) => threshold))].map((threshold) => [
        threshold,
        ...lengths.map((steps) =>
          percentages(
            runs
              .flatMap((run) => run.thresholds ?? [])
              .filter((row) => row.threshold === threshold && row.steps === steps)
              .map(({ accuracy }) => accuracy),
          ),
        ),
      ]),
    },
  ];
}

function ledgers({ lab, steps, data }: TextResultsInput, runs: readonly TextRun[]): ResultTable[] {
  const { width } = lab.read;
  const { gap } = lab.config.controller;
  const weights = data.embedding.dimensions;
  const outcomes: readonly (readonly [string, SpikingOutcome | undefined])[] = [
    ['conversion', runs[0]?.converted],
    ['training on the array', runs[0]?.direct],
  ];
  const known = outcomes.filter(
    (entry): entry is readonly [string, SpikingOutcome] => entry[1] !== undefined,
  );
  const digital = (operations: number, joules: Joules): string =>
    formatQuantity(operations * joules, 'energy', 3);
  return [
    {
      title: 'Ledger of programming, first seed',
      columns: ['Way', 'Pulses', 'Reads', 'Energy in the array', 'Hardware time', 'Cells converged'],
      rows: known.map(([way, { summary }]) => [
        way,
        summary.pulses,
        summary.reads,
        formatQuantity(summary.energyJoules, 'energy', 3),
        formatQuantity(summary.hardwareSeconds, 'time', 3),
        `${summary.converged} of ${summary.cells}`,
      ]),
    },
    {
      title: 'Ledger of one text, first seed',
      columns: [
        'Network',
        'Input spikes',
        'Output spikes',
        'Energy in the cells',
        'Time, cell by cell',
        '45 nm digital logic',
      ],
      rows: [
        ['ANN', '–', '–', '–', '–', digital(weights, digitalJoules.multiplyAccumulate)],
        ...known.map(([way, { test }]) => [
          `spiking, ${way}`,
          Math.round(test.inputSpikes),
          Math.round(test.outputSpikes),
          formatQuantity(test.joules, 'energy', 3),
          formatQuantity(steps * weights * (width + gap), 'time', 3),
          digital(test.inputSpikes, digitalJoules.accumulate),
        ]),
      ],
    },
  ];
}

function wallTime(runs: readonly TextRun[]): ResultTable {
  const seconds = (value: number): string => (value === 0 ? '–' : `${value.toFixed(1)} s`);
  return {
    title: 'Wall time of the stages',
    columns: ['Seed', 'ANN', 'Conversion', 'Test', 'Training on the array', 'Test of it'],
    rows: runs.map(({ seed, seconds: { ann, conversion, conversionTest, direct, directTest } }) => [
      seed,
      ...[ann, conversion, conversionTest, direct, directTest].map(seconds),
    ]),
  };
}

function dataTable({ data, steps, epochs }: TextResultsInput): ResultTable {
  return {
    title: 'Data and settings',
    columns: ['What', 'Value'],
    rows: [
      ['texts', `${data.title}; ${data.citation}`],
      ['training and validation texts, test texts', `${data.train.texts.length}, ${data.test.texts.length}`],
      ['words of the vocabulary, with a published vector', `${data.words}, ${data.wordsWithVector}`],
      ['time steps of a spike train, epochs', `${steps}, ${epochs}`],
      ['published figures', study.citation],
    ],
  };
}
