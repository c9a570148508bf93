import { expect, test } from 'vitest';
import {
  convergeToState,
  type ConvergeToStateParameters,
} from '../../../src/programming/converge-to-state.ts';
import { exponentialCell, runToEnd, stuckCell, task } from './toy-cell.ts';

const parameters: ConvergeToStateParameters = {
  volts: { start: 0.6, step: 0.2, stop: 1.0 },
  width: { start: 1e-7, growth: 1, stop: 4e-7 },
  pulses: 2,
  reversals: 5,
  maxPulses: 500,
};

test('widths grow inside each amplitude, every rung is tried its number of times', () => {
  const { pulses, verdict } = runToEnd(convergeToState.run(task(9e-4), parameters), stuckCell(1e-4));
  expect(verdict).toBe('stuck-low');
  const rung = (volts: number, width: number) => [
    { volts: expect.closeTo(volts, 9), width },
    { volts: expect.closeTo(volts, 9), width },
  ];
  expect(pulses).toEqual(
    [-0.6, -0.8, -1].flatMap((volts) => [1e-7, 2e-7, 4e-7].flatMap((width) => rung(volts, width))),
  );
});

test('passing the target flips the polarity and starts at the first rung', () => {
  const wide = { ...parameters, width: { start: 1e-5, growth: 1, stop: 1e-5 } };
  const { pulses } = runToEnd(convergeToState.run(task(1.01e-4, 0.002), wide), exponentialCell(1e-4));
  const turn = pulses.findIndex(({ volts }) => volts > 0);
  expect(pulses[turn]).toEqual({ volts: 0.6, width: 1e-5 });
});

test('it gives up after its number of reversals', () => {
  const coarse = { ...parameters, width: { start: 2e-5, growth: 1, stop: 2e-5 } };
  const { pulses, verdict } = runToEnd(
    convergeToState.run(task(1.01e-4, 1e-4), coarse),
    exponentialCell(1e-4),
  );
  expect(verdict).toBe('gave-up');
  const turns = pulses.filter(
    ({ volts }, index) => index > 0 && Math.sign(volts) !== Math.sign(pulses[index - 1]?.volts ?? volts),
  );
  expect(turns).toHaveLength(parameters.reversals - 1);
});
