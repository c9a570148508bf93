import { expect, test } from 'vitest';
import { isEnergyMeasured } from '../../../src/run/run-record.ts';

test.each([
  ['pulses and energy', 12, 1e-6, true],
  ['pulses without energy, as from a controller that measures no charge', 12, 0, false],
  ['a run that only reads', 0, 0, true],
] as const)('%s', (_, pulses, energyJoules, measured) => {
  expect(isEnergyMeasured({ pulses, energyJoules })).toBe(measured);
});
