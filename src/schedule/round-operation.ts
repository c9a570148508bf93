import { type DriverGrid, roundVolts, roundWidth } from './driver-grid.ts';
import type { Operation } from './operation.ts';
import { createSchedule, type Schedule } from './schedule.ts';

/**
 * Round an operation to what a controller's registers hold: the cell voltage of a pulse or read, the line voltages of
 * a frame, every width. A wait stays as it is.
 *
 * @example
 * const driver = {
 *   minVolts: -1, maxVolts: 1, stepVolts: 0.01, minWidth: 1e-8, maxWidth: 1, stepWidth: 1e-8, errorVolts: 0.002,
 * };
 * const pulse = { kind: 'pulse', cell: { word: 0, bit: 0 }, volts: 0.804, width: 1e-5, bias: 'half' } as const;
 * roundOperation(pulse, driver).volts; // 0.8
 */
export function roundOperation<Kind extends Operation>(operation: Kind, driver: DriverGrid): Kind;
export function roundOperation(operation: Operation, driver: DriverGrid): Operation {
  if (operation.kind === 'wait') {
    return operation;
  }
  if (operation.kind === 'frame') {
    return {
      ...operation,
      wordVolts: operation.wordVolts.map((volts) => roundVolts(driver, volts)),
      bitVolts: operation.bitVolts.map((volts) => roundVolts(driver, volts)),
      width: roundWidth(driver, operation.width),
    };
  }
  if (operation.kind === 'programVerify') {
    const { read, envelope } = operation;
    const pulses = envelope.pulses.map((pulse) => roundPulse(pulse, driver));
    return {
      ...operation,
      read: { ...read, ...roundPulse(read, driver) },
      envelope: { ...envelope, pulses },
    };
  }
  return { ...operation, ...roundPulse(operation, driver) };
}

/** Round every operation of a schedule, for instance to draw what will be on the lines. */
export function roundSchedule(schedule: Schedule, driver: DriverGrid): Schedule {
  return createSchedule(
    schedule.geometry,
    schedule.operations.map((operation) => roundOperation(operation, driver)),
  );
}

function roundPulse(pulse: { readonly volts: number; readonly width: number }, driver: DriverGrid) {
  return { volts: roundVolts(driver, pulse.volts), width: roundWidth(driver, pulse.width) };
}
