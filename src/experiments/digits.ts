import { readMnistPackage } from '../files/mnist-package.ts';
import type { ExperimentResults } from '../files/experiment-results.ts';
import { hasSegments, type Lab, withSegments } from '../lab/lab.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import type { Crossbar } from '../array/crossbar.ts';
import { planLab } from '../lab/plan-lab.ts';
import { recordRun } from '../lab/record-run.ts';
import { averagePool } from '../network/average-pool.ts';
import type { MappedWeights } from '../network/conductance-mapping.ts';
import type { CrossbarLayer } from '../network/crossbar-layer.ts';
import { differentialPair } from '../network/differential-pair.ts';
import type { InferenceLayer } from '../network/inference-layer.ts';
import {
  accuracy,
  shuffledIndices,
  softmaxScores,
  trainSoftmax,
  type Examples,
} from '../network/softmax-regression.ts';
import type { RunControl } from '../run/run-control.ts';
import type { RunSummary } from '../run/run-record.ts';
import { openReadLayer } from './read-layer.ts';

const side = 28;
const pooling = 2;
const classes = 10;
const trainingCount = 8000;
const calibrationCount = 100;
const dacBits = 8;
const adcBits = 10;

export interface DigitsOptions {
  readonly lab: Lab;
  readonly seed: number;
  readonly out: string;
  readonly command: string;
  readonly control: RunControl;
  /** Called as work is done, from 0 to 1 within each stage. */
  readonly onProgress: (stage: DigitsStage, done: number) => void;
}

export type DigitsStage = 'train' | 'program' | 'classify';

interface Accuracies {
  readonly accuracyFloat: number;
  readonly accuracyProgrammed: number;
  /** Of the same conductances between wires without resistance, where the lab's have one. */
  readonly accuracyWithoutDrop?: number;
}

/** Of an interrupted run, only the accuracy in float. */
export interface DigitsResult extends Partial<Accuracies> {
  readonly status: 'done' | 'interrupted';
  readonly accuracyFloat: number;
  readonly summary: RunSummary;
  readonly runFolder: string;
}

/**
 * The main job: train a softmax classifier on real handwritten digits, program its weights into an array as
 * differential pairs, and classify the held-out digits through converters and array.
 *
 * Digits: the first 10,000 training images of MNIST (Y. LeCun, C. Cortes, C. J. C. Burges), averaged over 2 x 2
 * pixels, with one more input that is always 1.
 */
export async function runDigits(options: DigitsOptions): Promise<DigitsResult> {
  const { lab, seed, out, onProgress } = options;
  const { training, heldOut } = splitDigits(seed);
  const weights = train(training, seed, onProgress);
  const accuracyFloat = accuracy(heldOut, (row) => softmaxScores(weights, row, classes));

  const range = lab.config.program.range ?? lab.device.set.conductance;
  const mapped = differentialPair.map(weights, training.width, classes, range);
  const program = planLab(lab, mapped.targets, mapped.geometry);
  const { crossbar, backend } = simulateLab(lab, mapped.geometry, seed);
  const { operations } = program.schedule;
  const run = await recordRun({
    ...options,
    program,
    targets: mapped.targets,
    backend,
    onOperation: ({ operation }) => onProgress('program', (operation + 1) / operations.length),
  });
  if (run.status === 'interrupted') {
    return { status: 'interrupted', accuracyFloat, summary: run.summary, runFolder: out };
  }

  const layerOn = (place: Lab, array: Crossbar) =>
    openReadLayer({
      lab: place,
      crossbar: array,
      layout: differentialPair,
      mapped,
      dacBits,
      adcBits,
      seed,
      calibration: Array.from({ length: calibrationCount }, (_, index) => rowOf(training, index)),
    });
  const programmed = crossbar.conductances();
  const withoutDrop = (): number => {
    const ideal = withSegments(lab, { word: 0, bit: 0 });
    const array = simulateLab(ideal, mapped.geometry, seed, programmed).crossbar;
    return classify(layerOn(ideal, array), heldOut, onProgress);
  };
  const accuracyProgrammed = classify(layerOn(lab, crossbar), heldOut, onProgress);
  const accuracies = {
    accuracyFloat,
    accuracyProgrammed,
    ...(hasSegments(lab) ? { accuracyWithoutDrop: withoutDrop() } : {}),
  };
  await run.folder.writeResults(results({ ...accuracies, heldOut, training, mapped }));
  return { status: 'done', ...accuracies, summary: run.summary, runFolder: out };
}

/** 8,000 digits to train on and the other 2,000, in an order drawn with the seed. */
export function splitDigits(seed: number): { training: Examples; heldOut: Examples } {
  const { pixels, labels } = readMnistPackage();
  const width = (side / pooling) ** 2 + 1;
  const order = shuffledIndices(labels.length, seed, 'digits/split');
  const select = (indices: Uint32Array): Examples => {
    const features = new Float64Array(indices.length * width).fill(1);
    for (const [position, image] of indices.entries()) {
      const grey = pixels.subarray(image * side ** 2, (image + 1) * side ** 2);
      features.set(averagePool(grey, side, pooling), position * width);
    }
    return { features, labels: Uint8Array.from(indices, (image) => labels[image]!), width };
  };
  return {
    training: select(order.subarray(0, trainingCount)),
    heldOut: select(order.subarray(trainingCount)),
  };
}

function train(training: Examples, seed: number, onProgress: DigitsOptions['onProgress']): Float64Array {
  const epochs = 20;
  return trainSoftmax(training, {
    classes,
    epochs,
    batch: 32,
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 2e-4,
    seed,
    onEpoch: (epoch) => onProgress('train', (epoch + 1) / epochs),
  });
}

function rowOf({ features, width }: Examples, index: number): Float64Array {
  return features.subarray(index * width, (index + 1) * width);
}

function classify(
  layer: CrossbarLayer | InferenceLayer,
  heldOut: Examples,
  onProgress: DigitsOptions['onProgress'],
): number {
  return accuracy(heldOut, (row, index) => {
    onProgress('classify', (index + 1) / heldOut.labels.length);
    return layer.outputs(row);
  });
}

interface Measured extends Accuracies {
  readonly heldOut: Examples;
  readonly training: Examples;
  readonly mapped: MappedWeights;
}

function results(measured: Measured): ExperimentResults {
  const { accuracyFloat, accuracyProgrammed, accuracyWithoutDrop, heldOut, training, mapped } = measured;
  const { wordLines, bitLines } = mapped.geometry;
  return {
    title: 'Handwritten digits on a programmed array',
    figures: [
      {
        label: 'Accuracy on the array',
        value: accuracyProgrammed,
        unit: '%',
        note: `${heldOut.labels.length} held-out digits, ${dacBits}-bit inputs, ${adcBits}-bit outputs`,
      },
      ...(accuracyWithoutDrop === undefined
        ? []
        : [
            {
              label: 'Accuracy without drop',
              value: accuracyWithoutDrop,
              unit: '%',
              note: 'the same conductances between wires without resistance',
            },
          ]),
      {
        label: 'Accuracy in float',
        value: accuracyFloat,
        unit: '%',
        note: `softmax classifier trained on ${training.labels.length} digits`,
      },
      {
        label: 'Array',
        value: `${wordLines} × ${bitLines}`,
        note: 'differential pairs: two bit lines a digit',
      },
    ],
  };
}
