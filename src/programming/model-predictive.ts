import { z } from 'zod';
import type { EnvelopePulse } from '../schedule/operation.ts';
import type { Siemens } from '../units.ts';
import type { ParameterForm } from './parameter-form.ts';
import {
  isReachable,
  isWithinTolerance,
  type CellTask,
  type Policy,
  type PolicyRun,
  type Predict,
} from './policy.ts';
import { requirePrediction } from './prediction.ts';

export interface ModelPredictiveParameters {
  /** Pulses to choose from. */
  readonly pulses: readonly EnvelopePulse[];
  readonly maxPulses: number;
}

function schema(form: ParameterForm): z.ZodType<ModelPredictiveParameters> {
  return z.strictObject({
    pulses: z
      .array(z.strictObject({ volts: form.signedVolts, width: form.seconds }))
      .min(1)
      .max(1000),
    maxPulses: form.count,
  });
}

/** The pulse whose predicted result is nearest the target, or none if all would leave the cell further away. */
function bestPulse(
  predict: Predict,
  reading: Siemens,
  target: Siemens,
  pulses: readonly EnvelopePulse[],
): EnvelopePulse | undefined {
  let best: EnvelopePulse | undefined;
  let smallest = resistanceDistance(reading, target);
  for (const pulse of pulses) {
    const distance = resistanceDistance(predict(reading, pulse), target);
    if (distance < smallest) {
      smallest = distance;
      best = pulse;
    }
  }
  return best;
}

/** The published method compares resistances. */
function resistanceDistance(a: Siemens, b: Siemens): number {
  return Math.abs(1 / a - 1 / b);
}

function* run(task: CellTask, parameters: ModelPredictiveParameters): PolicyRun {
  const predict = requirePrediction(modelPredictive.name, task);
  let reading = yield 'read';
  if (!isReachable(task)) {
    return 'unreachable';
  }
  for (let count = 0; count < parameters.maxPulses; count++) {
    if (isWithinTolerance(task, reading)) {
      return 'converged';
    }
    const pulse = bestPulse(predict, reading, task.target, parameters.pulses);
    if (pulse === undefined) {
      return 'gave-up';
    }
    yield pulse;
    reading = yield 'read';
  }
  return isWithinTolerance(task, reading) ? 'converged' : 'gave-up';
}

/** Choose each pulse from a list by simulating the device model from what was read. */
export const modelPredictive: Policy<ModelPredictiveParameters> = {
  name: 'model-predictive',
  title: 'nearest predicted result from a list of pulses',
  source: 'J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729',
  needsModel: true,
  schema,
  envelope: ({ pulses, maxPulses }) => ({ pulses, maxPulses, maxReads: maxPulses + 1 }),
  run,
};
