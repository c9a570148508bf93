import { expect, test } from 'vitest';
import { ispp, type IsppParameters } from '../../../src/programming/ispp.ts';
import { exponentialCell, runToEnd, stuckCell, task } from './toy-cell.ts';

const parameters: IsppParameters = {
  set: { start: 0.6, step: 0.1, stop: 1.2 },
  reset: { start: 0.6, step: 0.1, stop: 1.0 },
  width: 1e-6,
  maxPulses: 200,
  patience: 20,
  leastResponse: 0.02,
};

test('the amplitude climbs by one step a pulse while the direction holds, and stays at its stop', () => {
  const { pulses, verdict } = runToEnd(ispp.run(task(3e-4), parameters), exponentialCell(1e-4));
  expect(verdict).toBe('converged');
  const climb = pulses.slice(0, 9).map(({ volts }) => Number(volts.toFixed(3)));
  expect(climb).toEqual([-0.6, -0.7, -0.8, -0.9, -1, -1.1, -1.2, -1.2, -1.2]);
});

test('passing the target starts the other ramp from its foot', () => {
  const { pulses, verdict } = runToEnd(ispp.run(task(1.011e-4, 0.001), parameters), exponentialCell(1e-4));
  expect(verdict).toBe('converged');
  const turn = pulses.findIndex(({ volts }) => volts > 0);
  expect(turn).toBeGreaterThan(0);
  expect(pulses[turn]?.volts).toBe(0.6);
});

test('a cell that is on target gets a read and no pulse', () => {
  expect(runToEnd(ispp.run(task(1e-4), parameters), stuckCell(1.005e-4))).toEqual({
    verdict: 'converged',
    pulses: [],
    reads: 1,
  });
});

test.each([
  ['stuck-low', 2e-4],
  ['stuck-high', 5e-5],
] as const)('a silent cell is %s after its patience', (verdict, target) => {
  const outcome = runToEnd(ispp.run(task(target), parameters), stuckCell(1e-4));
  expect(outcome.verdict).toBe(verdict);
  expect(outcome.pulses).toHaveLength(parameters.patience);
});

test.each([1e-6, 2e-3])('a target of %s S outside the range is unreachable and costs no pulse', (target) => {
  expect(runToEnd(ispp.run(task(target), parameters), exponentialCell(1e-4))).toEqual({
    verdict: 'unreachable',
    pulses: [],
    reads: 1,
  });
});

test('it gives up after its last pulse', () => {
  const few = { ...parameters, maxPulses: 3 };
  const outcome = runToEnd(ispp.run(task(9e-4), few), exponentialCell(1e-4));
  expect(outcome).toMatchObject({ verdict: 'gave-up', reads: 4 });
  expect(outcome.pulses).toHaveLength(3);
});
