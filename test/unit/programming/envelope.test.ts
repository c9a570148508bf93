import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindPolicy, policyTable } from '../../../src/programming/policy-table.ts';
import { exponentialCell, runToEnd, task } from './toy-cell.ts';

const level = fc.integer({ min: 1, max: 30 }).map((tenths) => tenths / 10);
const ramp = fc.tuple(level, level, level).map(([a, step, b]) => ({
  start: Math.min(a, b),
  step,
  stop: Math.max(a, b),
}));
const width = fc.constantFrom(1e-7, 1e-6, 1e-5);
const maxPulses = fc.integer({ min: 1, max: 60 });

const calls = fc.oneof(
  fc.record({ set: ramp, reset: ramp, width, maxPulses }).map((parameters) => ({ name: 'ispp', parameters })),
  fc
    .record({ volts: ramp, width: fc.constant({ start: 1e-7, growth: 0.5, stop: 3e-6 }), maxPulses })
    .map((parameters) => ({ name: 'converge-to-state', parameters })),
  fc
    .record({ set: level, reset: level, width, maxPulses })
    .map((parameters) => ({ name: 'open-loop', parameters })),
  fc
    .record({
      pulses: fc.array(fc.record({ volts: level.map((v) => v - 1.55), width }), {
        minLength: 1,
        maxLength: 9,
      }),
      maxPulses,
    })
    .map((parameters) => ({ name: 'model-predictive', parameters })),
);

test('no policy ever leaves its envelope', () => {
  expect(Object.keys(policyTable)).toHaveLength(4);
  const conductance = fc.double({ min: 2e-5, max: 9e-4, noNaN: true });
  fc.assert(
    fc.property(
      calls,
      conductance,
      conductance,
      fc.constantFrom(1, -1),
      (call, start, target, setPolarity) => {
        const policy = bindPolicy(call);
        const envelope = policy.envelope(setPolarity);
        const cell = exponentialCell(start);
        const outcome = runToEnd(policy.run({ ...task(target), setPolarity, predict: cell.respond }), cell);
        expect(outcome.pulses.length).toBeLessThanOrEqual(envelope.maxPulses);
        expect(outcome.reads).toBeLessThanOrEqual(envelope.maxReads);
        for (const pulse of outcome.pulses) {
          expect(envelope.pulses).toContainEqual(pulse);
        }
      },
    ),
  );
});

test.each([
  [{ name: 'isp', parameters: {} }, 'policy: found "isp", expected one of open-loop, ispp'],
  [
    { name: 'open-loop', parameters: { set: 1, reset: 1, width: -1, maxPulses: 5 } },
    'policy open-loop: width',
  ],
  [
    { name: 'open-loop', parameters: { set: 1, reset: 1, width: 1e-6, maxPulses: 5, x: 1 } },
    'Unrecognized key',
  ],
])('a wrong call %j is refused', (call, message) => {
  expect(() => bindPolicy(call)).toThrow(message);
});
