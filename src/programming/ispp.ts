import type { z } from 'zod';
import { z as zod } from 'zod';
import type { EnvelopePulse } from '../schedule/operation.ts';
import type { Seconds, Volts } from '../units.ts';
import type { ParameterForm } from './parameter-form.ts';
import { isReachable, isWithinTolerance, type CellTask, type Policy, type PolicyRun } from './policy.ts';
import { levelCount, rampLevel, type Ramp } from './ramp.ts';
import { ResponseWatch } from './response-watch.ts';

export interface IsppParameters {
  /** Amplitudes that raise the conductance, as magnitudes. */
  readonly set: Ramp;
  /** Amplitudes that lower the conductance, as magnitudes. */
  readonly reset: Ramp;
  readonly width: Seconds;
  readonly maxPulses: number;
  /** Pulses in one direction after which an answer is due. */
  readonly patience: number;
  /** Smallest relative change that counts as an answer. */
  readonly leastResponse: number;
}

function schema(form: ParameterForm): z.ZodType<IsppParameters> {
  const ramp = zod.strictObject({ start: form.volts, step: form.volts, stop: form.volts });
  return zod.strictObject({
    set: ramp,
    reset: ramp,
    width: form.seconds,
    maxPulses: form.count,
    patience: form.count.default(20),
    leastResponse: form.ratio.default(0.02),
  });
}

function pulse(
  parameters: IsppParameters,
  setPolarity: 1 | -1,
  raise: boolean,
  level: number,
): EnvelopePulse {
  const ramp = raise ? parameters.set : parameters.reset;
  const polarity: Volts = raise ? setPolarity : -setPolarity;
  return { volts: polarity * rampLevel(ramp, level), width: parameters.width };
}

/** Pulse, read, raise the amplitude; a change of direction starts the other ramp from its foot. */
function* run(task: CellTask, parameters: IsppParameters): PolicyRun {
  let reading = yield 'read';
  if (!isReachable(task)) {
    return 'unreachable';
  }
  const watch = new ResponseWatch(task, parameters.patience, parameters.leastResponse);
  let raising: boolean | undefined;
  let level = 0;
  for (let count = 0; count < parameters.maxPulses; count++) {
    if (isWithinTolerance(task, reading)) {
      return 'converged';
    }
    const raise = reading < task.target;
    level = raise === raising ? level + 1 : 0;
    raising = raise;
    yield pulse(parameters, task.setPolarity, raise, level);
    const before = reading;
    reading = yield 'read';
    const stuck = watch.observe(before, reading);
    if (stuck !== undefined) {
      return isWithinTolerance(task, reading) ? 'converged' : stuck;
    }
  }
  return isWithinTolerance(task, reading) ? 'converged' : 'gave-up';
}

/** Incremental step pulse programming: write-verify with an amplitude ramp per polarity. */
export const ispp: Policy<IsppParameters> = {
  name: 'ispp',
  title: 'incremental step pulse programming',
  source: 'K.-D. Suh et al., IEEE J. Solid-State Circuits 30, 1149 (1995), doi 10.1109/4.475701',
  needsModel: false,
  schema,
  envelope(parameters, setPolarity) {
    const pulses = [true, false].flatMap((raise) =>
      Array.from({ length: levelCount(raise ? parameters.set : parameters.reset) }, (_, level) =>
        pulse(parameters, setPolarity, raise, level),
      ),
    );
    return { pulses, maxPulses: parameters.maxPulses, maxReads: parameters.maxPulses + 1 };
  },
  run,
};
