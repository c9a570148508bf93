import { z } from 'zod';
import type { EnvelopePulse } from '../schedule/operation.ts';
import type { Seconds, Siemens, Volts } from '../units.ts';
import type { ParameterForm } from './parameter-form.ts';
import { isReachable, isWithinTolerance, type CellTask, type Policy, type PolicyRun } from './policy.ts';
import { requirePrediction } from './prediction.ts';

export interface OpenLoopParameters {
  /** Amplitude of the pulses that raise the conductance, as a magnitude. */
  readonly set: Volts;
  /** Amplitude of the pulses that lower the conductance, as a magnitude. */
  readonly reset: Volts;
  readonly width: Seconds;
  readonly maxPulses: number;
}

function schema(form: ParameterForm): z.ZodType<OpenLoopParameters> {
  return z.strictObject({ set: form.volts, reset: form.volts, width: form.seconds, maxPulses: form.count });
}

function pulse(parameters: OpenLoopParameters, setPolarity: 1 | -1, raise: boolean): EnvelopePulse {
  return {
    volts: raise ? setPolarity * parameters.set : -setPolarity * parameters.reset,
    width: parameters.width,
  };
}

/** Number of equal pulses after which the model is nearest the target. */
function pulseCount(
  task: CellTask,
  parameters: OpenLoopParameters,
  from: Siemens,
  chosen: EnvelopePulse,
): number {
  const predict = requirePrediction(openLoop.name, task);
  let conductance = from;
  for (let count = 0; count < parameters.maxPulses; count++) {
    const next = predict(conductance, chosen);
    if (Math.abs(next - task.target) >= Math.abs(conductance - task.target)) {
      return count;
    }
    conductance = next;
  }
  return parameters.maxPulses;
}

/** Read once, apply the train that the model asks for, read once more. */
function* run(task: CellTask, parameters: OpenLoopParameters): PolicyRun {
  const start = yield 'read';
  if (!isReachable(task)) {
    return 'unreachable';
  }
  if (isWithinTolerance(task, start)) {
    return 'converged';
  }
  const chosen = pulse(parameters, task.setPolarity, start < task.target);
  const count = pulseCount(task, parameters, start, chosen);
  for (let sent = 0; sent < count; sent++) {
    yield chosen;
  }
  const end = yield 'read';
  return isWithinTolerance(task, end) ? 'converged' : 'gave-up';
}

/** A pulse train computed from one read, without verifying between the pulses. */
export const openLoop: Policy<OpenLoopParameters> = {
  name: 'open-loop',
  title: 'one read, then the train that the model asks for',
  source: 'the plain use of a device model; the error that it leaves is what write-verify removes',
  needsModel: true,
  schema,
  envelope(parameters, setPolarity) {
    const pulses = [pulse(parameters, setPolarity, true), pulse(parameters, setPolarity, false)];
    return { pulses, maxPulses: parameters.maxPulses, maxReads: 2 };
  },
  run,
};
