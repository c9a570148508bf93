import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../errors.ts';
import { writeFileAtomically } from '../files/atomic-file.ts';
import type { ExperimentResults } from '../files/experiment-results.ts';
import { RowLog } from '../files/row-log.ts';
import { createRunFolder, RunFolder } from '../files/run-folder.ts';
import { stableJson } from '../files/stable-json.ts';
import type { Lab } from '../lab/lab.ts';
import type { WordAveraging } from '../network/word-averaging.ts';
import { EventTurns } from '../run/event-turns.ts';
import type { RunControl } from '../run/run-control.ts';
import { peripheryTable, type SynapsePeriphery } from './synapse-periphery.ts';
import { openTextArray, type TextArray } from './text-array.ts';
import { conversionReadout, trainAnn } from './text-classification.ts';
import type { ProgrammedArray } from './run-on-array.ts';
import { convertToArray } from './text-conversion.ts';
import { splitTraining, type TextData } from './text-data.ts';
import { trainingLab, trainOnArray } from './text-direct-training.ts';
import { presentTexts, type Readout } from './text-spiking.ts';
import { study, type Approach } from './text-study.ts';
import {
  baseSettings,
  labWith,
  pointName,
  sweepPoints,
  type SweepPoint,
  type SweptSetting,
} from './text-sweep-points.ts';
import { sweepResults, type SweepRow } from './text-sweep-results.ts';

export interface TextSweepOptions {
  readonly data: TextData;
  readonly lab: Lab;
  readonly seed: number;
  /** Repetitions, each with the next seed. */
  readonly runs: number;
  readonly approaches: readonly Approach[];
  readonly settings: readonly SweptSetting[];
  /** Length of the spike trains where it is not swept. */
  readonly steps: number;
  readonly epochs: number;
  readonly periphery: SynapsePeriphery;
  /** Folder of the sweep; one that was cut off goes on where it stood. */
  readonly out: string;
  readonly control: RunControl;
  /** Called when measurements are done, with how many there are. */
  readonly onProgress: (done: number, points: number) => void;
}

export interface TextSweepResult {
  readonly status: 'done' | 'interrupted';
  /** What all measurements in the folder gave, those of earlier runs included. */
  readonly results: ExperimentResults;
}

const columns = [
  'approach',
  'seed',
  'steps',
  'read_noise',
  'tolerance',
  'max_pulses',
  'accuracy',
  'pulses',
  'converged',
  'energy_joules',
];

/**
 * Sweep the length of the spike trains, the read noise and the two stop conditions of write-verify, as the founding
 * study did, and write one row a measurement as soon as it is made.
 *
 * @throws ConfigError when the folder holds something else than the same sweep
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729
 */
export async function runTextSweep(options: TextSweepOptions): Promise<TextSweepResult> {
  const { lab, seed, runs, control, out, settings, approaches, onProgress } = options;
  const log = await openSweep(options);
  const base = baseSettings(lab, options.steps);
  const seeds = Array.from({ length: runs }, (_, run) => seed + run);
  const points = sweepPoints(base, settings, approaches, seeds);
  const known = new Set(log.rows.map((row) => row.slice(0, 6).join(',')));
  const models = new AnnCache(options);
  for (const [index, point] of points.entries()) {
    const measured = known.has(pointName(point)) ? undefined : await measure(options, point, models);
    if (control.pauseRequested) {
      break;
    }
    if (measured !== undefined) {
      log.append([...pointName(point).split(','), ...measured]);
    }
    onProgress(index + 1, points.length);
  }
  const swept = sweepResults(options.data.title, base, settings, log.rows.map(parseRow));
  const results = { ...swept, tables: [...(swept.tables ?? []), peripheryTable(lab, options.periphery)] };
  await new RunFolder(out).writeResults(results);
  return { status: control.pauseRequested ? 'interrupted' : 'done', results };
}

/** One classifier a seed serves all measurements of its conversion. */
class AnnCache {
  readonly #options: TextSweepOptions;
  #seed: number | undefined;
  #model: WordAveraging | undefined;

  constructor(options: TextSweepOptions) {
    this.#options = options;
  }

  async model(seed: number): Promise<WordAveraging> {
    if (this.#model === undefined || this.#seed !== seed) {
      const { data, epochs } = this.#options;
      this.#model = (await trainAnn({ data, seed, epochs, onProgress: () => undefined })).mean;
      this.#seed = seed;
    }
    return this.#model;
  }
}

/** @returns accuracy, pulses, converged cells and joules */
async function measure(options: TextSweepOptions, point: SweepPoint, models: AnnCache): Promise<number[]> {
  const { approach, seed, settings } = point;
  const swept = labWith(options.lab, settings);
  const lab = approach === 'direct' ? trainingLab(swept) : swept;
  const array = await openTextArray(lab, options.data.embedding.dimensions, seed, options.periphery);
  try {
    const { run, embedding, readout } = await program(options, point, models, array);
    const { accuracy } = await present(options, array, run, embedding, readout, seed);
    return [accuracy, run.summary.pulses, run.summary.converged, run.summary.energyJoules];
  } finally {
    await array.close();
  }
}

async function program(
  { data, epochs, control }: TextSweepOptions,
  { approach, seed, settings: { steps } }: SweepPoint,
  models: AnnCache,
  array: TextArray,
): Promise<{ run: ProgrammedArray; embedding: WordAveraging['embedding']; readout: Readout }> {
  const place = { out: undefined, command: '', seed, control, onProgress: () => undefined };
  if (approach === 'conversion') {
    const model = await models.model(seed);
    const run = await convertToArray(array, model, place);
    return { run, embedding: model.embedding, readout: conversionReadout(steps) };
  }
  const { training } = splitTraining(data, seed);
  const { directThreshold: threshold, learningRate } = study;
  const rule = { epochs, steps, threshold, learningRate, seed };
  const run = await trainOnArray(array, data.embedding, training, rule, place);
  return { run, embedding: run.embedding, readout: { steps, threshold, boundary: 0.5 } };
}

function present(
  { data }: TextSweepOptions,
  array: TextArray,
  { readings }: ProgrammedArray,
  embedding: WordAveraging['embedding'],
  readout: Readout,
  seed: number,
) {
  const turns = new EventTurns();
  return presentTexts(array, readings, embedding, data.test, readout, seed, () => turns.takeIfDue());
}

async function openSweep({ out, data, lab, steps, epochs, periphery }: TextSweepOptions): Promise<RowLog> {
  const path = join(out, 'sweep.json');
  const { title, words, train, test } = data;
  const texts = { title, words, train: train.texts.length, test: test.texts.length };
  const settings = stableJson({ texts, steps, epochs, periphery, config: lab.config }, path, 2);
  if (!existsSync(path)) {
    await createRunFolder(out);
    await writeFileAtomically(path, `${settings}\n`);
  } else if ((await readFile(path, 'utf8')).trimEnd() !== settings) {
    throw new ConfigError('sweep-settings', `${path}: found a sweep with other texts or settings`, {
      hint: 'Choose another folder, or the settings in that file.',
    });
  }
  return new RowLog(join(out, 'sweep.csv'), columns);
}

function parseRow([approach, ...numbers]: readonly string[]): SweepRow {
  const [seed, steps, readNoise, tolerance, maxPulses, accuracy, pulses] = numbers.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    approach: approach === 'direct' ? 'direct' : 'conversion',
    seed,
    settings: { steps, readNoise, tolerance, maxPulses },
    accuracy,
    pulses,
  };
}
