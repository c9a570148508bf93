import { balancedThreshold, offsetThreshold, shiftPerStep } from '../network/spiking-conversion.ts';
import { logits, type TextSample, type WordAveraging } from '../network/word-averaging.ts';
import type { TextArray } from './text-array.ts';
import { presentTexts, type Readout } from './text-spiking.ts';

/** Accuracy of a converted network with one way to choose the threshold, at one length of the spike trains. */
export interface ThresholdRow {
  readonly threshold: 'offset' | 'balanced' | 'balanced, shifted';
  readonly steps: number;
  readonly accuracy: number;
}

const lengths = [10, 20, 50, 100, 200];

/**
 * Compare ways to choose the threshold of a converted network at short spike trains, where they differ.
 *
 * @param steps - longest spike train
 */
export async function compareThresholds(
  array: TextArray,
  readings: Float64Array,
  model: WordAveraging,
  training: TextSample,
  test: TextSample,
  steps: number,
  seed: number,
): Promise<ThresholdRow[]> {
  const rows: ThresholdRow[] = [];
  for (const length of lengths.filter((length) => length <= steps)) {
    for (const [threshold, readout] of readouts(model, training, length)) {
      const { accuracy } = await presentTexts(array, readings, model.embedding, test, readout, seed);
      rows.push({ threshold, steps: length, accuracy });
    }
  }
  return rows;
}

/** A rate of offset / threshold stands for a weighted sum at the offset. */
function readouts(
  model: WordAveraging,
  training: TextSample,
  steps: number,
): readonly (readonly [ThresholdRow['threshold'], Readout])[] {
  const { offset } = model;
  const balanced = balancedThreshold(logits(model, training).map((logit) => logit + offset));
  const boundary = offset / balanced;
  return [
    ['offset', { steps, threshold: offsetThreshold(offset), boundary: 0.5 }],
    ['balanced', { steps, threshold: balanced, boundary }],
    ['balanced, shifted', { steps, threshold: balanced, bias: shiftPerStep(balanced, steps), boundary }],
  ];
}
