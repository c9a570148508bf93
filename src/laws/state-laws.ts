import fc from 'fast-check';
import type { ParameterValues } from '../model/parameter-set.ts';
import { conductanceRange, stateAtConductance } from '../model/state-at-conductance.ts';
import { conductanceAt } from '../model/device-model.ts';
import { advanceState } from '../model/state-integrator.ts';
import {
  type DeviceSubject,
  drawnDevices,
  positions,
  printState,
  stateAt,
  stateRange,
} from './device-subject.ts';
import { integralLaw } from './integral-law.ts';
import { type Law, lawOf, requireThat } from './law.ts';
import { pulses } from './pulses.ts';

/** Part of the state range by which two ways to the same state may differ. */
const compositionTolerance = 1e-9;

const mostPulses = 20;

/** What holds for the state of any model. */
export function stateLaws(subject: DeviceSubject): Law[] {
  return [
    everythingIsFinite(subject),
    boundsHold(subject),
    halvesCompose(subject),
    integralLaw(subject),
    stateIsFoundFromConductance(subject),
    functionsArePure(subject),
  ];
}

function drawnPulses(subject: DeviceSubject) {
  return fc.record({
    device: drawnDevices(subject),
    position: positions(),
    pulse: pulses(subject.model.promises.validVolts),
  });
}

function everythingIsFinite(subject: DeviceSubject): Law {
  const { model } = subject;
  return lawOf(
    'everything is finite in the range of validity',
    drawnPulses(subject),
    ({ device: { readVolts, parameters: p }, position, pulse: { volts, width } }) => {
      for (const x of [0, position, 1].map((at) => stateAt(model, p, at))) {
        const found = {
          state: x,
          current: model.current(volts, x, p),
          rate: model.rate(volts, x, p),
          'rate at 0 V': model.rate(0, x, p),
          'state after the pulse': model.advance?.(volts, x, width, p) ?? x,
        };
        for (const [what, value] of Object.entries(found)) {
          requireThat(
            Number.isFinite(value),
            () => `the ${what} is ${value} at ${volts} V for ${width} s from ${printState(model, x)}`,
          );
        }
      }
      conductanceRange(model, readVolts, p);
    },
  );
}

function boundsHold(subject: DeviceSubject): Law {
  const { model } = subject;
  const cases = fc.record({
    device: drawnDevices(subject),
    position: positions(),
    train: fc.array(pulses(model.promises.validVolts), { minLength: 1, maxLength: mostPulses }),
  });
  return lawOf(
    'the state stays inside its bounds for any train of pulses from 1 ns to 1 s',
    cases,
    ({ device: { parameters: p }, position, train }) => {
      const lower = model.lowerBound(p);
      const upper = model.upperBound(p);
      let x = stateAt(model, p, position);
      for (const { volts, width } of train) {
        x = advanceState(model, volts, x, width, p);
        requireThat(
          x >= lower && x <= upper,
          () => `${volts} V for ${width} s leads to ${printState(model, x)}, bounds ${lower} and ${upper}`,
        );
      }
    },
  );
}

function halvesCompose(subject: DeviceSubject): Law {
  const { model } = subject;
  return lawOf(
    'two half pulses are one pulse',
    drawnPulses(subject),
    ({ device: { parameters: p }, position, pulse: { volts, width } }) => {
      const x = stateAt(model, p, position);
      const whole = advanceState(model, volts, x, width, p);
      const half = advanceState(model, volts, x, width / 2, p);
      const halves = advanceState(model, volts, half, width / 2, p);
      requireThat(
        Math.abs(whole - halves) <= compositionTolerance * stateRange(model, p),
        () =>
          `${volts} V from ${printState(model, x)}: one pulse of ${width} s leads to ${printState(model, whole)}, two halves to ${printState(model, halves)}`,
      );
    },
  );
}

function stateIsFoundFromConductance(subject: DeviceSubject): Law {
  const { model } = subject;
  const cases = fc.record({ device: drawnDevices(subject), position: positions() });
  return lawOf(
    'the state is found from its conductance',
    cases,
    ({ device: { readVolts, parameters: p }, position }) => {
      const conductance = conductanceAt(model, readVolts, stateAt(model, p, position), p);
      const found = conductanceAt(model, readVolts, stateAtConductance(model, readVolts, conductance, p), p);
      requireThat(
        Math.abs(found - conductance) <= compositionTolerance * conductance,
        () => `asked for ${conductance} S at ${readVolts} V, found the state of ${found} S`,
      );
    },
  );
}

function functionsArePure(subject: DeviceSubject): Law {
  const { model } = subject;
  const cases = fc.record({
    device: drawnDevices(subject),
    points: fc.array(fc.record({ position: positions(), pulse: pulses(model.promises.validVolts) }), {
      minLength: 1,
      maxLength: 5,
    }),
  });
  return lawOf(
    'the functions are pure: the same arguments give the same bits, and are left as they were',
    cases,
    ({ device: { parameters }, points }) => {
      const p = { ...parameters };
      const answers = (own: ParameterValues): number[] =>
        points.flatMap(({ position, pulse: { volts, width } }) => {
          const x = stateAt(model, own, position);
          return [
            x,
            model.rate(volts, x, own),
            model.current(volts, x, own),
            model.advance?.(volts, x, width, own) ?? x,
          ];
        });
      const first = answers(p);
      const again = [answers(p), answers({ ...parameters })];
      for (const [name, value] of Object.entries(parameters)) {
        requireThat(
          Object.is(p[name], value),
          () => `parameter ${name} was ${value} before the calls and is ${p[name]} after them`,
        );
      }
      requireThat(
        again.every((answer) => answer.every((value, index) => Object.is(value, first[index]))),
        () => `the same calls gave ${first.join(' ')}, then ${again.map((a) => a.join(' ')).join(', then ')}`,
      );
    },
  );
}
