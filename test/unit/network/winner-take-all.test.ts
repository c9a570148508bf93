import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firingNeuron, winnerTakeAllError } from '../../../src/network/winner-take-all.ts';

const membranes = fc.float64Array({ min: 0, max: 50, noNaN: true, minLength: 2, maxLength: 12 });

test('the highest membrane above the threshold fires, or none', () => {
  expect(firingNeuron(Float64Array.of(0.2, 0.9, 0.5), 0.4)).toBe(1);
  expect(firingNeuron(Float64Array.of(0.9, 0.9), 0.4)).toBe(0);
  expect(firingNeuron(Float64Array.of(0.4, 0.2), 0.4)).toBe(-1);
});

test('the error is the gradient of the cross entropy of the fired membranes', () => {
  fc.assert(
    fc.property(membranes, fc.nat(), fc.nat(), (values, first, second) => {
      const winner = (first % (values.length + 1)) - 1;
      const label = second % values.length;
      const error = new Float64Array(values.length);
      winnerTakeAllError(values, winner, label, error);
      const fired = [...values].map((value, neuron) => (neuron === winner ? value : 0));
      const loss = (shifted: readonly number[]): number => {
        const top = Math.max(...shifted);
        return top - shifted[label]! + Math.log(shifted.reduce((sum, v) => sum + Math.exp(v - top), 0));
      };
      for (const neuron of fired.keys()) {
        const shift = (by: number): number => loss(fired.map((v, other) => (other === neuron ? v + by : v)));
        expect(error[neuron]).toBeCloseTo((shift(1e-5) - shift(-1e-5)) / 2e-5, 4);
      }
    }),
    { numRuns: 50 },
  );
});
