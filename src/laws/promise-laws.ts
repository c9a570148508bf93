import fc from 'fast-check';
import { parameterValues } from '../model/parameter-set.ts';
import { advanceState } from '../model/state-integrator.ts';
import {
  type DeviceSubject,
  drawnDevices,
  positions,
  printState,
  stateAt,
  stateRange,
} from './device-subject.ts';
import { countingLawOf, type Law, lawOf, requireThat } from './law.ts';
import { pulses, pulseWidths, voltages } from './pulses.ts';

/** Part of the state range, or of the largest rate, that is told from rounding. */
const resolution = 1e-9;

/** Part of the cases that a promise must speak of; a model may keep it for one sign of one set only. */
const leastPromised = 0.02;

/** What holds for models that promise it. */
export function promiseLaws(subject: DeviceSubject): Law[] {
  const { model, sets } = subject;
  const { promises } = model;
  const promisesMonotony = sets
    .map((set) => parameterValues(model.parameters, set))
    .some((p) => promises.monotoneInVoltage(1, p) || promises.monotoneInVoltage(-1, p));
  return [
    ...(promises.quietAtZeroVolts ? [noVoltageNoChange(subject), polaritySetsDirection(subject)] : []),
    ...(promisesMonotony ? [moreVoltsMoveMore(subject)] : []),
    ...(promises.windowed === true ? [windowCloses(subject)] : []),
  ];
}

function noVoltageNoChange(subject: DeviceSubject): Law {
  const { model } = subject;
  const cases = fc.record({ device: drawnDevices(subject), position: positions(), width: pulseWidths() });
  return lawOf('no voltage, no change', cases, ({ device: { parameters: p }, position, width }) => {
    const x = stateAt(model, p, position);
    for (const zero of [0, -0]) {
      const rate = model.rate(zero, x, p);
      const after = advanceState(model, zero, x, width, p);
      requireThat(
        rate === 0 && after === x,
        () =>
          `at 0 V the rate is ${rate} and ${width} s lead from ${printState(model, x)} to ${printState(model, after)}, although the model promises to rest`,
      );
    }
  });
}

/** A model that drifts by itself may go either way at any voltage, so only quiet models are held to this. */
function polaritySetsDirection(subject: DeviceSubject): Law {
  const { model } = subject;
  const cases = fc.record({
    device: drawnDevices(subject),
    position: positions(),
    pulse: pulses(model.promises.validVolts),
  });
  const towardsHigh = model.state.conductance === 'rises' ? 1 : -1;
  return lawOf(
    'a voltage of the SET polarity never lowers the conductance, the other never raises it',
    cases,
    ({ device: { parameters: p }, position, pulse: { volts, width } }) => {
      const x = stateAt(model, p, position);
      const change = advanceState(model, volts, x, width, p) - x;
      requireThat(
        change * towardsHigh * model.setPolarity * volts >= 0,
        () =>
          `${volts} V for ${width} s moves ${printState(model, x)} by ${change}; the conductance ${model.state.conductance} with it, and setPolarity is ${model.setPolarity}`,
      );
    },
  );
}

function moreVoltsMoveMore(subject: DeviceSubject): Law {
  const { model } = subject;
  const { promises } = model;
  const magnitudes = voltages(promises.validVolts).map(Math.abs);
  const cases = fc.record({
    device: drawnDevices(subject),
    position: positions(),
    sign: fc.constantFrom(1 as const, -1 as const),
    magnitudes: fc.tuple(magnitudes, magnitudes),
    width: pulseWidths(),
  });
  return countingLawOf(
    'where promised, a larger voltage moves the state at least as far',
    cases,
    leastPromised,
    ({ device: { parameters: p }, position, sign, magnitudes: [one, other], width }) => {
      if (!promises.monotoneInVoltage(sign, p)) {
        return false;
      }
      const x = stateAt(model, p, position);
      const moveAt = (magnitude: number): number =>
        Math.abs(advanceState(model, sign * magnitude, x, width, p) - x);
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      requireThat(
        moveAt(more) >= moveAt(less) - resolution * stateRange(model, p),
        () =>
          `from ${printState(model, x)} in ${width} s, ${sign * less} V moves the state by ${moveAt(less)} and ${sign * more} V by ${moveAt(more)}`,
      );
      return true;
    },
  );
}

function windowCloses(subject: DeviceSubject): Law {
  const { model } = subject;
  const cases = fc.record({ device: drawnDevices(subject), volts: voltages(model.promises.validVolts) });
  return countingLawOf(
    'where promised, a window stops the state at the bound that it moves to',
    cases,
    leastPromised,
    ({ device: { parameters: p }, volts }) => {
      const rateAt = (position: number): number => model.rate(volts, stateAt(model, p, position), p);
      const rates = Array.from({ length: 33 }, (_, step) => rateAt(step / 32));
      const fastest = Math.max(...rates.map(Math.abs));
      const atBound = rateAt(rateAt(1 / 2) > 0 ? 1 : 0);
      requireThat(
        Math.abs(atBound) <= resolution * fastest,
        () => `at ${volts} V the rate is ${atBound} at the bound and up to ${fastest} before it`,
      );
      return fastest > 0;
    },
  );
}
