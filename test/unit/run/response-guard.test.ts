import { expect, test } from 'vitest';
import { SafetyStop } from '../../../src/errors.ts';
import { ResponseGuard } from '../../../src/run/response-guard.ts';

const limits = { conductance: { min: 1e-5, max: 1e-4 }, relativeStep: 0.3, wrongDirection: 2 };
const set = { volts: -1, width: 1e-6 };

function guard(): ResponseGuard {
  return new ResponseGuard(limits, { word: 0, bit: 3 }, -1, 0.01);
}

test.each([0, 9e-6, 1.1e-4, -5e-5, Number.NaN, Infinity])(
  'a reading of %s S stops the run',
  (conductance) => {
    expect(() => guard().checkReading(conductance)).toThrow(SafetyStop);
  },
);

test('readings at the limits are accepted', () => {
  expect(() => {
    guard().checkReading(1e-5);
    guard().checkReading(1e-4);
  }).not.toThrow();
});

test('a step beyond the limit stops the run and names the pulse', () => {
  expect(() => guard().checkStep(5e-5, set, 6.6e-5)).toThrow(
    'cell w0 b3: one pulse of -1 V, 0.000001 s changed it by 32.0 %; response.relativeStep allows 0.3',
  );
  expect(() => guard().checkStep(5e-5, set, 6.4e-5)).not.toThrow();
});

test('a cell that keeps moving the wrong way stops the run; one right answer starts the count again', () => {
  const watched = guard();
  watched.checkStep(5e-5, set, 4.9e-5);
  watched.checkStep(4.9e-5, set, 4.8e-5);
  watched.checkStep(4.8e-5, set, 5e-5);
  watched.checkStep(5e-5, set, 4.9e-5);
  watched.checkStep(4.9e-5, set, 4.8e-5);
  expect(() => watched.checkStep(4.8e-5, set, 4.7e-5)).toThrow('3 pulses in a row moved it the wrong way');
});

test('a wrong step inside the resolution does not count', () => {
  const watched = guard();
  expect(() => {
    for (let count = 0; count < 10; count++) {
      watched.checkStep(5e-5, set, 4.96e-5);
    }
  }).not.toThrow();
});
