import { expect, test } from 'vitest';
import type { PolicyRun } from '../../../src/programming/policy.ts';
import { CellLoop } from '../../../src/run/cell-loop.ts';
import { ResponseGuard } from '../../../src/run/response-guard.ts';

const cell = { word: 2, bit: 1 };
const task = { target: 1e-4, tolerance: 0.01, range: { min: 1e-5, max: 1e-3 }, setPolarity: -1 } as const;
const envelope = { pulses: [{ volts: -1, width: 1e-6 }], maxPulses: 2, maxReads: 3 };
const limits = { conductance: { min: 1e-6, max: 1e-2 }, relativeStep: 0.5, wrongDirection: 2 };

function loopOf(run: PolicyRun): CellLoop {
  return new CellLoop(cell, task, run, envelope, new ResponseGuard(limits, cell, -1, 0.01));
}

test('the trace holds each pulse as applied with the read after it; a train keeps the last reading', () => {
  function* policy(): PolicyRun {
    yield 'read';
    yield { volts: -1, width: 1e-6 };
    yield { volts: -1, width: 1e-6 };
    yield 'read';
    return 'gave-up';
  }
  const loop = loopOf(policy());
  const readings = [8e-5, 9e-5];
  for (let step = loop.next(); step !== undefined; step = loop.next()) {
    if (step === 'read') {
      loop.read(readings.shift()!);
    } else {
      loop.pulsed({ volts: -0.999, width: 1e-6 });
    }
  }
  expect(loop.result()).toEqual({
    cell,
    target: 1e-4,
    outcome: 'gave-up',
    before: 8e-5,
    conductance: 9e-5,
    reads: 2,
    trace: [
      { volts: -0.999, width: 1e-6, conductance: 8e-5 },
      { volts: -0.999, width: 1e-6, conductance: 9e-5 },
    ],
  });
});

test.each([
  ['another voltage', { volts: -1.1, width: 1e-6 }],
  ['another width', { volts: -1, width: 2e-6 }],
  ['the other polarity', { volts: 1, width: 1e-6 }],
])('a policy that asks for %s is stopped', (_, pulse) => {
  function* policy(): PolicyRun {
    yield pulse;
    return 'converged';
  }
  expect(() => loopOf(policy()).next()).toThrow(
    /^policy at w2 b1: asked for pulse 1 of .* which its envelope does not allow$/,
  );
});

test('a policy that does not end is stopped by the counts of its envelope', () => {
  function* pulses(): PolicyRun {
    for (;;) {
      yield { volts: -1, width: 1e-6 };
    }
  }
  const loop = loopOf(pulses());
  loop.next();
  loop.next();
  expect(() => loop.next()).toThrow('asked for pulse 3');

  function* reads(): PolicyRun {
    for (;;) {
      yield 'read';
    }
  }
  const reading = loopOf(reads());
  reading.next();
  reading.next();
  reading.next();
  expect(() => reading.next()).toThrow('asked for read 4');
});

test('a policy that ends without a read has no result', () => {
  function* policy(): PolicyRun {
    yield { volts: -1, width: 1e-6 };
    return 'converged';
  }
  const loop = loopOf(policy());
  loop.next();
  expect(loop.next()).toBeUndefined();
  expect(() => loop.result()).toThrow('ended without a read or a verdict');
});
