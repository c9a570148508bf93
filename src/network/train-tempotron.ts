import { UsageError } from '../errors.ts';
import type { PspKernel } from './psp-kernel.ts';
import type { SpikePattern } from './spike-pattern.ts';
import { tempotronGradient, tempotronMaximum } from './tempotron.ts';

/** A pattern, and whether the neuron shall fire on it. */
export interface LabelledPattern {
  readonly pattern: SpikePattern;
  readonly fires: boolean;
}

export interface TempotronTraining {
  readonly kernel: PspKernel;
  readonly threshold: number;
  /** Length lambda of a step. */
  readonly rate: number;
  /** Passes over the patterns, at most. */
  readonly epochs: number;
}

/**
 * Train a tempotron pattern by pattern, until a pass is without error. On an error alone, each weight moves by lambda
 * times the potential that its input contributes at the maximum: up if the neuron should have fired, else down.
 *
 * A membrane that never rises above rest gives no direction: start with weights some of which are positive.
 *
 * @param weights - [inputs], at the start; they are not changed
 * @returns the weights, and the number of errors in each pass
 * @throws UsageError for a threshold or rate that is not positive, a number of epochs that is not an integer above 0, or
 * a pattern that does not fit the weights
 * @source R. Guetig, H. Sompolinsky, Nat. Neurosci. 9, 420 (2006), doi 10.1038/nn1643
 * @example
 * const pattern = { inputs: Uint32Array.of(0), times: Float64Array.of(0) };
 * const kernel = createPspKernel(20e-3, 5e-3);
 * const training = { kernel, threshold: 1, rate: 0.25, epochs: 10 };
 * const { errors } = trainTempotron(training, Float64Array.of(0.6), [{ pattern, fires: true }]);
 * errors; // [1, 1, 0]
 */
export function trainTempotron(
  { kernel, threshold, rate, epochs }: TempotronTraining,
  weights: Float64Array,
  samples: readonly LabelledPattern[],
): { readonly weights: Float64Array; readonly errors: readonly number[] } {
  const positive = [threshold, rate, epochs].every((value) => value > 0 && Number.isFinite(value));
  if (!positive || !Number.isInteger(epochs)) {
    throw new UsageError(
      'tempotron-training',
      `tempotron: threshold ${threshold}, rate ${rate}, epochs ${epochs}; expected positive numbers, epochs an integer`,
    );
  }
  const trained = weights.slice();
  const change = new Float64Array(weights.length);
  const errors: number[] = [];
  for (let epoch = 0; epoch < epochs && errors.at(-1) !== 0; epoch++) {
    let wrong = 0;
    for (const sample of samples) {
      if (tempotronChange({ kernel, threshold, rate }, trained, sample, change)) {
        wrong++;
        for (let input = 0; input < trained.length; input++) {
          trained[input] = trained[input]! + change[input]!;
        }
      }
    }
    errors.push(wrong);
  }
  return { weights: trained, errors };
}

/**
 * Whether a tempotron is wrong about a pattern, and how its weights are to move if so: by lambda times the potential that
 * each input contributes at the maximum.
 *
 * @param weights - [inputs]
 * @param change - receives [inputs] where the neuron is wrong
 * @source R. Guetig, H. Sompolinsky, Nat. Neurosci. 9, 420 (2006), doi 10.1038/nn1643
 */
export function tempotronChange(
  { kernel, threshold, rate }: Omit<TempotronTraining, 'epochs'>,
  weights: Float64Array,
  { pattern, fires }: LabelledPattern,
  change: Float64Array,
): boolean {
  const { time, voltage } = tempotronMaximum(kernel, weights, pattern);
  if (voltage > threshold === fires) {
    return false;
  }
  tempotronGradient(kernel, pattern, time, change);
  const step = fires ? rate : -rate;
  for (let input = 0; input < change.length; input++) {
    change[input] = step * change[input]!;
  }
  return true;
}
