import { UsageError } from '../errors.ts';
import type { CellTask, Predict } from './policy.ts';

/** @throws UsageError when the task comes without a device model */
export function requirePrediction(policy: string, task: CellTask): Predict {
  if (task.predict === undefined) {
    throw new UsageError(
      'policy-model',
      `policy ${policy}: needs a device model to predict with, found none`,
    );
  }
  return task.predict;
}
