import fc from 'fast-check';
import { conductanceAt } from '../model/device-model.ts';
import { advanceState } from '../model/state-integrator.ts';
import type { Volts } from '../units.ts';
import { type DeviceSubject, drawnDevices, positions, stateAt } from './device-subject.ts';
import { type Law, lawOf, requireThat } from './law.ts';
import { pulseWidths, voltages } from './pulses.ts';

const samplesPerPeriod = 32;

const waveforms = {
  sine: (phase: number) => Math.sin(2 * Math.PI * phase),
  triangle: (phase: number) => 1 - 4 * Math.abs(((phase + 0.75) % 1) - 0.5),
} as const;

/** Voltage of a drive at a step; exactly 0 V where the wave crosses it. */
function driveVolts(waveform: keyof typeof waveforms, amplitude: Volts, step: number): Volts {
  const crosses = step % (samplesPerPeriod / 2) === 0;
  return crosses ? 0 : amplitude * waveforms[waveform]((step % samplesPerPeriod) / samplesPerPeriod);
}

/** What holds for the current of a resistive switch. */
export function currentLaws(subject: DeviceSubject): Law[] {
  const { model } = subject;
  const limit = model.promises.validVolts;
  const points = fc.record({ device: drawnDevices(subject), position: positions(), volts: voltages(limit) });
  return [
    lawOf('no voltage, no current', points, ({ device: { parameters }, position }) => {
      for (const zero of [0, -0]) {
        const amperes = model.current(zero, stateAt(model, parameters, position), parameters);
        requireThat(amperes === 0, () => `the current at 0 V is ${amperes} A, expected 0 A`);
      }
    }),
    lawOf(
      'the current has the sign of the voltage',
      points,
      ({ device: { parameters }, position, volts }) => {
        const amperes = model.current(volts, stateAt(model, parameters, position), parameters);
        requireThat(
          Math.sign(amperes) === Math.sign(volts),
          () => `the current at ${volts} V is ${amperes} A, expected the same sign`,
        );
      },
    ),
    lawOf('passive: a device gives no energy', points, ({ device: { parameters }, position, volts }) => {
      const amperes = model.current(volts, stateAt(model, parameters, position), parameters);
      requireThat(
        volts * amperes >= 0,
        () => `the power at ${volts} V is ${volts * amperes} W, expected 0 W or more`,
      );
    }),
    conductanceFollowsState(subject),
    pinchedLoop(subject),
  ];
}

function conductanceFollowsState(subject: DeviceSubject): Law {
  const { model } = subject;
  const sign = model.state.conductance === 'rises' ? 1 : -1;
  const cases = fc.record({
    device: drawnDevices(subject),
    positions: fc.tuple(positions(), positions()),
    volts: voltages(model.promises.validVolts),
  });
  return lawOf(
    'the conductance moves with the state as stated',
    cases,
    ({ device: { parameters }, positions: [one, other], volts }) => {
      const conductanceOf = (position: number) =>
        conductanceAt(model, volts, stateAt(model, parameters, position), parameters);
      const change = conductanceOf(Math.max(one, other)) - conductanceOf(Math.min(one, other));
      const whole = conductanceOf(1) - conductanceOf(0);
      requireThat(
        sign * change >= 0 && sign * whole > 0,
        () =>
          `at ${volts} V the conductance changes by ${change} S when ${model.state.symbol} grows, and by ${whole} S over its range; stated is that it ${model.state.conductance}`,
      );
    },
  );
}

/** The hysteresis loop of a memristive device passes through the origin. */
function pinchedLoop(subject: DeviceSubject): Law {
  const { model } = subject;
  const cases = fc.record({
    device: drawnDevices(subject),
    position: positions(),
    waveform: fc.constantFrom('sine' as const, 'triangle' as const),
    amplitude: voltages(model.promises.validVolts),
    period: pulseWidths(),
  });
  const hold = ({
    device: { parameters: p },
    position,
    waveform,
    amplitude,
    period,
  }: CaseOf<typeof cases>) => {
    let state = stateAt(model, p, position);
    for (let step = 0; step < 2 * samplesPerPeriod; step++) {
      const volts = driveVolts(waveform, amplitude, step);
      const amperes = model.current(volts, state, p);
      const atBounds = [0, 1].map((end) => Math.abs(model.current(volts, stateAt(model, p, end), p)));
      const [least, most] = volts === 0 ? [0, 0] : [Math.min(...atBounds), Math.max(...atBounds)];
      const slack = 1e-9 * most;
      requireThat(
        Math.abs(amperes) >= least - slack && Math.abs(amperes) <= most + slack,
        () =>
          `step ${step} of the drive: the current at ${volts} V is ${amperes} A, expected from ${least} A to ${most} A, between those at the bounds of the state`,
      );
      state = advanceState(model, volts, state, period / samplesPerPeriod, p);
    }
  };
  return lawOf('the hysteresis loop is pinched at the origin', cases, hold);
}

type CaseOf<Cases> = Cases extends fc.Arbitrary<infer Case> ? Case : never;
