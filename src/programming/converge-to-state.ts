import { z } from 'zod';
import type { EnvelopePulse } from '../schedule/operation.ts';
import type { Seconds } from '../units.ts';
import type { ParameterForm } from './parameter-form.ts';
import { isReachable, isWithinTolerance, type CellTask, type Policy, type PolicyRun } from './policy.ts';
import { levelCount, rampLevel, type Ramp } from './ramp.ts';

export interface ConvergeToStateParameters {
  /** Amplitudes of either polarity, as magnitudes. */
  readonly volts: Ramp;
  /** Widths tried at each amplitude: from `start` to `stop`, each `1 + growth` times the one before. */
  readonly width: { readonly start: Seconds; readonly growth: number; readonly stop: Seconds };
  /** Pulses at each amplitude and width. */
  readonly pulses: number;
  /** Changes of polarity after which the policy gives up. */
  readonly reversals: number;
  readonly maxPulses: number;
}

function schema(form: ParameterForm): z.ZodType<ConvergeToStateParameters> {
  return z.strictObject({
    volts: z.strictObject({ start: form.volts, step: form.volts, stop: form.volts }),
    width: z.strictObject({ start: form.seconds, growth: form.ratio, stop: form.seconds }),
    pulses: form.count.default(1),
    reversals: form.count.default(5),
    maxPulses: form.count,
  });
}

/** Amplitude outside, width inside: the order in which pulses of one polarity are tried. */
function magnitudes(parameters: ConvergeToStateParameters): EnvelopePulse[] {
  const { start, growth, stop } = parameters.width;
  const steps = Math.floor(Math.log(stop / start) / Math.log1p(growth) + 1e-9);
  const widths = Array.from({ length: Math.max(0, steps) + 1 }, (_, step) => start * (1 + growth) ** step);
  return Array.from({ length: levelCount(parameters.volts) }, (_, level) =>
    widths.map((width) => ({ volts: rampLevel(parameters.volts, level), width })),
  ).flat();
}

function* run(task: CellTask, parameters: ConvergeToStateParameters): PolicyRun {
  let reading = yield 'read';
  if (!isReachable(task)) {
    return 'unreachable';
  }
  const ladder = magnitudes(parameters);
  const start = reading;
  let raising = reading < task.target;
  let reversals = 0;
  let tried = 0;
  for (let count = 0; count < parameters.maxPulses; count++) {
    if (isWithinTolerance(task, reading)) {
      return 'converged';
    }
    const raise = reading < task.target;
    if (raise !== raising) {
      raising = raise;
      reversals++;
      tried = 0;
    }
    const rung = ladder[Math.floor(tried / parameters.pulses)];
    if (rung === undefined) {
      return isUnmoved(start, reading) ? (raise ? 'stuck-low' : 'stuck-high') : 'gave-up';
    }
    if (reversals >= parameters.reversals) {
      return 'gave-up';
    }
    const polarity = raise ? task.setPolarity : -task.setPolarity;
    yield { volts: polarity * rung.volts, width: rung.width };
    tried++;
    reading = yield 'read';
  }
  return isWithinTolerance(task, reading) ? 'converged' : 'gave-up';
}

/** A cell that the whole ladder moved by less than this fraction is stuck. */
const leastResponse = 0.02;

function isUnmoved(start: number, reading: number): boolean {
  return Math.abs(reading - start) < leastResponse * start;
}

/** Amplitude and width nested, polarity flipped when the target is passed, as array testers do on board. */
export const convergeToState: Policy<ConvergeToStateParameters> = {
  name: 'converge-to-state',
  title: 'amplitude and width ladder, gives up after a number of reversals',
  source: 'the ConvergeToState job of the ArC ONE memristor tester',
  needsModel: false,
  schema,
  envelope(parameters) {
    const ladder = magnitudes(parameters);
    const pulses = [...ladder, ...ladder.map(({ volts, width }) => ({ volts: -volts, width }))];
    return { pulses, maxPulses: parameters.maxPulses, maxReads: parameters.maxPulses + 1 };
  },
  run,
};
