import { expect, test } from 'vitest';
import { modelPredictive } from '../../../src/programming/model-predictive.ts';
import { openLoop } from '../../../src/programming/open-loop.ts';
import { exponentialCell, runToEnd, task } from './toy-cell.ts';

const predict = exponentialCell(0).respond;
const pulses = [1e-6, 2e-6, 1e-5].flatMap((width) => [
  { volts: 0.9, width },
  { volts: -1.2, width },
]);

test('model-predictive takes the pulse whose predicted result is nearest, pulse by pulse', () => {
  const cell = exponentialCell(1e-4);
  const modelTask = { ...task(1.7e-4, 0.01), predict };
  const outcome = runToEnd(modelPredictive.run(modelTask, { pulses, maxPulses: 50 }), cell);
  expect(outcome.verdict).toBe('converged');
  let conductance = 1e-4;
  for (const pulse of outcome.pulses) {
    const distances = pulses.map((choice) => Math.abs(1 / predict(conductance, choice) - 1 / 1.7e-4));
    expect(pulses[distances.indexOf(Math.min(...distances))]).toEqual(pulse);
    conductance = predict(conductance, pulse);
  }
});

test('model-predictive asks for nothing when no pulse improves', () => {
  const modelTask = { ...task(1.001e-4, 1e-6), predict };
  const outcome = runToEnd(modelPredictive.run(modelTask, { pulses, maxPulses: 50 }), exponentialCell(1e-4));
  expect(outcome).toEqual({ verdict: 'gave-up', pulses: [], reads: 1 });
});

test('open loop sends the number of pulses that brings the model nearest, with one read before and one after', () => {
  const modelTask = { ...task(1.5e-4, 0.02), predict };
  const parameters = { set: 1.2, reset: 0.9, width: 1e-6, maxPulses: 1000 };
  const outcome = runToEnd(openLoop.run(modelTask, parameters), exponentialCell(1e-4));
  expect(outcome).toMatchObject({ verdict: 'converged', reads: 2 });
  // Each pulse multiplies by 1.014, and 1.014^29 = 1.4966 is nearer 1.5 than 1.014^30.
  expect(outcome.pulses).toHaveLength(29);
});

test('a model-based policy without a model is a usage error', () => {
  expect(() => modelPredictive.run(task(1e-4), { pulses, maxPulses: 5 }).next(0)).toThrow(
    'policy model-predictive: needs a device model to predict with, found none',
  );
});
