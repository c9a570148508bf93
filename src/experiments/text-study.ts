import type { RunSummary } from '../run/run-record.ts';
import type { Presentation } from './text-spiking.ts';
import type { ThresholdRow } from './text-thresholds.ts';

/** Figures of the study that is repeated here, and the settings that it gives. */
export const study = {
  offset: 25,
  learningRate: 0.05,
  /** Threshold of the neuron that is trained on the array. */
  directThreshold: 56.75,
  citation: 'J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729',
  accuracy: { ann: 0.8602, converted: 0.8588, direct: 0.8486 },
} as const;

/** Ways to a spiking network on the array. */
export type Approach = 'conversion' | 'direct';

/** A spiking network on an array: what it took to get there, and what it then did with the test texts. */
export interface SpikingOutcome {
  readonly summary: RunSummary;
  readonly test: Presentation;
}

/** Wall time of the stages of one repetition, seconds. */
export interface StageSeconds {
  ann: number;
  conversion: number;
  conversionTest: number;
  direct: number;
  directTest: number;
}

/** One repetition. */
export interface TextRun {
  readonly seed: number;
  /** Test accuracy with the parameters at the end of the best epoch, as the study has it. */
  readonly annLast: number;
  /** Test accuracy with the mean parameters of the training up to then; these are converted. */
  readonly annMean: number;
  readonly converted?: SpikingOutcome;
  readonly thresholds?: readonly ThresholdRow[];
  readonly direct?: SpikingOutcome;
  readonly seconds: StageSeconds;
}
