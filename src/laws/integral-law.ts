import fc from 'fast-check';
import { advanceState } from '../model/state-integrator.ts';
import {
  type DeviceSubject,
  drawnDevices,
  positions,
  printState,
  stateAt,
  stateRange,
} from './device-subject.ts';
import { countingLawOf, type Law, requireThat } from './law.ts';
import { pulses } from './pulses.ts';
import { travelSeconds } from './travel-time.ts';

/** Part of the state range by which a state may differ from the integral of its rate. */
const leeway = 1e-8;

/** Longest and shortest pulse of the law, seconds. */
const widths = { min: 1e-12, max: 1 } as const;

/** Part of the cases in which the state must have moved and not have ended at a bound. */
const leastMoved = 0.03;

/**
 * The state after a pulse, by the closed form or by the integrator of the model, is where the rate takes it. The
 * width of the pulse is the time from one drawn state to another where there is one, so that few cases are idle.
 */
export function integralLaw(subject: DeviceSubject): Law {
  const { model } = subject;
  const cases = fc.record({
    device: drawnDevices(subject),
    from: positions(),
    towards: positions(),
    pulse: pulses(model.promises.validVolts),
  });
  return countingLawOf(
    'the state after a pulse is the integral of the rate',
    cases,
    leastMoved,
    ({ device: { parameters: p }, from, towards, pulse }) => {
      const { volts } = pulse;
      const rate = (x: number): number => model.rate(volts, x, p);
      const start = stateAt(model, p, from);
      const near = leeway * stateRange(model, p);
      const travel = travelTo(rate, start, stateAt(model, p, towards), near, widths.max);
      const width = travel >= widths.min && travel <= widths.max ? travel : pulse.width;
      const end = advanceState(model, volts, start, width, p);
      requireThat(
        !isAhead(rate, start, end, near, width),
        () =>
          `${volts} V for ${width} s leads from ${printState(model, start)} to ${printState(model, end)}, further than the rate does`,
      );
      requireThat(
        !isBehind(rate, start, end, near, width, [model.lowerBound(p), model.upperBound(p)]),
        () =>
          `${volts} V for ${width} s leads from ${printState(model, start)} to ${printState(model, end)}, less far than the rate does`,
      );
      const toBound = Math.min(end - model.lowerBound(p), model.upperBound(p) - end);
      return Math.abs(end - start) > 10 * near && toBound > near;
    },
  );
}

type Rate = (x: number) => number;

/** Time to a state, 0 s where it lies behind. */
function travelTo(rate: Rate, from: number, to: number, distance: number, limit: number): number {
  const slope = rate(from);
  if (slope === 0) {
    return Infinity;
  }
  return (to - from) * slope <= 0 ? 0 : travelSeconds(rate, from, to, { limit, distance });
}

/** Whether the state ended beyond where it can have come to. */
function isAhead(rate: Rate, start: number, end: number, near: number, width: number): boolean {
  const slope = rate(start);
  if (slope === 0 || (end - start) * slope < 0) {
    return Math.abs(end - start) > near;
  }
  return travelTo(rate, start, end - Math.sign(slope) * near, near, width) > width * (1 + 1e-9);
}

/** Whether the state had time to come further than it ended. */
function isBehind(
  rate: Rate,
  start: number,
  end: number,
  near: number,
  width: number,
  [lower, upper]: readonly [number, number],
): boolean {
  const slope = rate(start);
  const beyond = end + Math.sign(slope) * near;
  if (slope === 0 || beyond <= lower || beyond >= upper) {
    return false;
  }
  return travelTo(rate, start, beyond, near, width) < width * (1 - 1e-9);
}
