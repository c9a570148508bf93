import { biasSchemes } from '../../../src/array/bias.ts';
import type { DriverGrid } from '../../../src/schedule/driver-grid.ts';
import type { Operation, ProgramVerifyOperation, PulseOperation } from '../../../src/schedule/operation.ts';
import type { SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import { createSchedule, type Schedule } from '../../../src/schedule/schedule.ts';

/** Binary fractions, so that sums and products in expected values are exact. */
export const driver: DriverGrid = {
  minVolts: -2,
  maxVolts: 2,
  stepVolts: 1 / 64,
  minWidth: 1 / 1024,
  maxWidth: 4,
  stepWidth: 1 / 1024,
  errorVolts: 0,
};

/** Wide limits; a test narrows the one that it is about. */
export const limits: SafeOperatingArea = {
  format: 'ohmloom-soa',
  version: 1,
  array: 'bench array',
  source: 'test',
  voltage: {
    pulse: { positive: 2, negative: 2 },
    read: { positive: 0.5, negative: 0.5 },
    line: 2,
    unselected: 1,
  },
  width: { pulse: { min: 1 / 1024, max: 1 }, read: { min: 1 / 1024, max: 1 } },
  envelope: [
    { volts: 1, width: 1 },
    { volts: 2, width: 0.5 },
  ],
  energy: { perPulse: 1, lowestResistance: 1024 },
  compliance: { current: 1, seriesResistance: 0, lineCurrent: 1 },
  halfSelect: [
    { volts: 0.25, total: 1000 },
    { volts: 0.75, total: 500 },
  ],
  endurance: { pulsesPerCell: 1000, cyclesPerCell: 500, readsPerCell: 1000 },
  response: { conductance: { min: 1e-6, max: 1e-3 }, relativeStep: 1, wrongDirection: 3 },
};

export const geometry = { wordLines: 3, bitLines: 4 };

export const pulse: PulseOperation = {
  kind: 'pulse',
  cell: { word: 1, bit: 2 },
  volts: 1,
  width: 1 / 8,
  bias: 'half',
};

export const loop: ProgramVerifyOperation = {
  kind: 'programVerify',
  cells: [
    { word: 0, bit: 0 },
    { word: 2, bit: 3 },
  ],
  targets: [5e-5, 1e-4],
  tolerance: 0.01,
  policy: { name: 'ispp', parameters: { start: 0.5 } },
  read: { volts: 0.25, width: 1 / 256, bias: 'grounded' },
  bias: 'half',
  envelope: {
    pulses: [
      { volts: 1, width: 1 / 8 },
      { volts: -1.25, width: 1 / 16 },
    ],
    maxPulses: 10,
    maxReads: 11,
  },
};

/** One operation of every kind. */
export const everyKind: readonly Operation[] = [
  pulse,
  { ...pulse, volts: -1.5, bias: { ...biasSchemes.third, name: 'mine', unselectedBit: 0.5 } },
  { kind: 'read', cells: [pulse.cell, { word: 0, bit: 0 }], volts: 0.25, width: 1 / 64, bias: 'grounded' },
  { kind: 'wait', seconds: 0.5 },
  { kind: 'frame', wordVolts: [1.5, 0, 0.25], bitVolts: [0, 0.25, -0.25, 0], width: 1 / 4, sense: false },
  { kind: 'frame', wordVolts: [0.25, 0, 0.125], bitVolts: [0, 0, 0, 0], width: 1 / 4, sense: true },
  loop,
];

export const schedule: Schedule = createSchedule(geometry, everyKind);

/** What a function throws; the test fails when it throws nothing. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** A deep copy in which one member is replaced; `undefined` removes it. */
export function changed<Value>(value: Value, path: readonly (string | number)[], member: unknown): Value {
  const copy = structuredClone(value);
  const last = path.at(-1)!;
  const owner = path.slice(0, -1).reduce((at: unknown, key) => Reflect.get(Object(at), key), copy);
  if (member === undefined) {
    Reflect.deleteProperty(Object(owner), last);
  } else {
    Reflect.set(Object(owner), last, member);
  }
  return copy;
}
