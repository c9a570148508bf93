import { join } from 'node:path';
import { RunFolder } from '../files/run-folder.ts';
import type { Lab } from '../lab/lab.ts';
import { offsetThreshold } from '../network/spiking-conversion.ts';
import { trainWordAveraging } from '../network/train-word-averaging.ts';
import { scoreWordAveraging, type WordAveraging } from '../network/word-averaging.ts';
import { EventTurns } from '../run/event-turns.ts';
import type { RunControl } from '../run/run-control.ts';
import type { SynapsePeriphery } from './synapse-periphery.ts';
import { openTextArray, type ConnectBackend, type TextArray } from './text-array.ts';
import { convertToArray } from './text-conversion.ts';
import { splitTraining, type TextData } from './text-data.ts';
import { trainingLab, trainOnArray } from './text-direct-training.ts';
import { textResults } from './text-results.ts';
import { presentTexts, type Presentation, type Readout } from './text-spiking.ts';
import { study, type Approach, type StageSeconds, type TextRun } from './text-study.ts';
import { compareThresholds } from './text-thresholds.ts';

export interface TextClassificationOptions {
  readonly data: TextData;
  readonly lab: Lab;
  readonly seed: number;
  /** Whole repetitions, each with the next seed. */
  readonly runs: number;
  readonly approaches: readonly Approach[];
  /** Length of the spike trains. */
  readonly steps: number;
  readonly epochs: number;
  readonly periphery: SynapsePeriphery;
  /** Run folder: the record of the first conversion, with the other records in folders of it. */
  readonly out: string;
  readonly command: string;
  readonly control: RunControl;
  readonly onProgress: (stage: TextStage, done: number) => void;
  readonly connect?: ConnectBackend;
}

export type TextStage = 'train' | 'program' | 'classify' | 'train on array';

export interface TextClassificationResult {
  readonly status: 'done' | 'interrupted';
  readonly runs: readonly TextRun[];
}

/**
 * Repeat the founding study: a word-averaging classifier, its conversion to a spiking network whose weights are cells
 * of an array, and the training of that spiking network on the array itself.
 *
 * @throws ConfigError when the run folder holds anything
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729
 */
export async function runTextClassification(
  options: TextClassificationOptions,
): Promise<TextClassificationResult> {
  const runs: TextRun[] = [];
  for (let run = 0; run < options.runs && !options.control.pauseRequested; run++) {
    const folder = run === 0 ? options.out : join(options.out, `seed-${options.seed + run}`);
    runs.push(await runOnce({ ...options, seed: options.seed + run, out: folder }));
  }
  await new RunFolder(options.out).writeResults(textResults(options, runs));
  return { status: options.control.pauseRequested ? 'interrupted' : 'done', runs };
}

async function runOnce(options: TextClassificationOptions): Promise<TextRun> {
  const { data, seed, control, approaches } = options;
  const seconds: StageSeconds = { ann: 0, conversion: 0, conversionTest: 0, direct: 0, directTest: 0 };
  const ann = await timed(seconds, 'ann', () => trainAnn(options));
  const scores = {
    annLast: scoreWordAveraging(ann.last, data.test).accuracy,
    annMean: scoreWordAveraging(ann.mean, data.test).accuracy,
  };
  const conversion = approaches.includes('conversion') ? await convert(options, ann.mean, seconds) : {};
  const goesOn = approaches.includes('direct') && !control.pauseRequested;
  const direct = goesOn ? await trainDirectly(options, seconds) : {};
  return { seed, ...scores, ...conversion, ...direct, seconds };
}

/** Train the classifier of a seed; the sweep does the same. */
export function trainAnn({
  data,
  seed,
  epochs,
  onProgress,
}: Pick<TextClassificationOptions, 'data' | 'seed' | 'epochs' | 'onProgress'>) {
  const { training, validation } = splitTraining(data, seed);
  const { offset, learningRate } = study;
  const turns = new EventTurns();
  return trainWordAveraging(data.embedding, training, validation, {
    epochs,
    learningRate,
    offset,
    seed,
    onProgress: (done) => {
      onProgress('train', done);
      return turns.takeIfDue();
    },
  });
}

/** The readout of a converted network: rate above one half means a weighted sum above the offset. */
export function conversionReadout(steps: number): Readout {
  return { steps, threshold: offsetThreshold(study.offset), boundary: 0.5 };
}

async function convert(
  options: TextClassificationOptions,
  model: WordAveraging,
  seconds: StageSeconds,
): Promise<Pick<TextRun, 'converted' | 'thresholds'>> {
  const { lab, seed, periphery, connect } = options;
  const array = await openTextArray(lab, model.weights.length, seed, periphery, connect);
  try {
    return await convertOn(array, options, model, seconds);
  } finally {
    await array.close();
  }
}

async function convertOn(
  array: TextArray,
  options: TextClassificationOptions,
  model: WordAveraging,
  seconds: StageSeconds,
): Promise<Pick<TextRun, 'converted' | 'thresholds'>> {
  const { seed, data, steps, onProgress, control } = options;
  const place = { ...options, onProgress: (done: number) => onProgress('program', done) };
  const { status, summary, readings } = await timed(seconds, 'conversion', () =>
    convertToArray(array, model, place),
  );
  if (status === 'interrupted') {
    return {};
  }
  const test = await timed(seconds, 'conversionTest', () =>
    present(options, array, readings, model.embedding, conversionReadout(steps)),
  );
  const { training } = splitTraining(data, seed);
  const thresholds = control.pauseRequested
    ? []
    : await compareThresholds(array, readings, model, training, data.test, steps, seed);
  return { converted: { summary, test }, thresholds };
}

async function trainDirectly(
  options: TextClassificationOptions,
  seconds: StageSeconds,
): Promise<Pick<TextRun, 'direct'>> {
  const { lab, data, seed, periphery, connect } = options;
  const { dimensions } = data.embedding;
  const array = await openTextArray(trainingLab(lab), dimensions, seed, periphery, connect);
  try {
    return await trainOn(array, options, seconds);
  } finally {
    await array.close();
  }
}

async function trainOn(
  array: TextArray,
  options: TextClassificationOptions,
  seconds: StageSeconds,
): Promise<Pick<TextRun, 'direct'>> {
  const { data, seed, epochs, steps, out, onProgress, approaches } = options;
  const { training } = splitTraining(data, seed);
  const { directThreshold: threshold, learningRate } = study;
  const place = {
    ...options,
    out: approaches.includes('conversion') ? join(out, 'training') : out,
    onProgress: (done: number) => onProgress('train on array', done),
  };
  const trained = await timed(seconds, 'direct', () =>
    trainOnArray(array, data.embedding, training, { epochs, steps, threshold, learningRate, seed }, place),
  );
  if (trained.status === 'interrupted') {
    return {};
  }
  const test = await timed(seconds, 'directTest', () =>
    present(options, array, trained.readings, trained.embedding, { steps, threshold, boundary: 0.5 }),
  );
  return { direct: { summary: trained.summary, test } };
}

function present(
  { data, seed, onProgress }: TextClassificationOptions,
  array: TextArray,
  readings: Float64Array,
  embedding: WordAveraging['embedding'],
  readout: Readout,
): Promise<Presentation> {
  const turns = new EventTurns();
  return presentTexts(array, readings, embedding, data.test, readout, seed, (done) => {
    onProgress('classify', done);
    return turns.takeIfDue();
  });
}

async function timed<Result>(
  seconds: StageSeconds,
  stage: keyof StageSeconds,
  work: () => Promise<Result>,
): Promise<Result> {
  const start = performance.now();
  const result = await work();
  seconds[stage] = (performance.now() - start) / 1000;
  return result;
}
