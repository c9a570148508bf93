import { ScheduleError } from '../../src/errors.ts';
import { roundOperation } from '../../src/schedule/round-operation.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import type { Operation, ReadOperation } from '../../src/schedule/operation.ts';
import type { Schedule } from '../../src/schedule/schedule.ts';
import type { BoardLimits } from '../board-limits.ts';
import { biasCode } from './bias-code.ts';
import { arcOneLimits } from './limits.ts';
import { barePulseRequest } from './pulse-cell.ts';
import { requestText } from './request.ts';
import { classicReadVolts, type ArcOneSettings } from './settings.ts';
import { readModeCode, readModeRequest } from './start-up.ts';

/** Part of a time that a comparison of doubles forgives. */
const slack = 1e-9;

/** What is documented of the instrument, as all boards state it. An external device takes the place of the array. */
export function instrumentLimits({ session }: ArcOneSettings): BoardLimits {
  const { volts, shortestWidth, longestWidth, timerTick } = arcOneLimits;
  const lines = session === 'external' ? 1 : arcOneLimits.lines;
  return {
    wordLines: lines,
    bitLines: lines,
    minVolts: -volts,
    maxVolts: volts,
    shortestWidth,
    longestWidth,
    tick: timerTick,
    roundingVolts: 0,
  };
}

/**
 * Compare every operation of a schedule with what the board can do, down to the text of its numbers, before anything
 * is sent.
 *
 * @throws ScheduleError for the first that it cannot
 */
export function requireBoardCan(schedule: Schedule, driver: DriverGrid, settings: ArcOneSettings): void {
  for (const [index, operation] of schedule.operations.entries()) {
    requireOperation(index, roundOperation(operation, driver), settings);
  }
}

function requireOperation(index: number, held: Operation, settings: ArcOneSettings): void {
  switch (held.kind) {
    case 'wait':
      return;
    case 'frame':
      throw new ScheduleError(
        'controller-operation',
        `operation ${index}: arc-one selects one cell at a time, it cannot set every line of a frame`,
      );
    case 'read':
      requireRead(index, held, settings);
      return;
    case 'pulse':
      requirePulse(held, settings);
      biasCode(held.bias, settings.third);
      return;
    case 'programVerify':
      requireRead(index, held.read, settings);
      biasCode(held.bias, settings.third);
      for (const pulse of held.envelope.pulses) {
        requirePulse(pulse, settings);
      }
  }
}

function requirePulse(
  { volts, width }: { readonly volts: number; readonly width: number },
  settings: ArcOneSettings,
): void {
  requestText(barePulseRequest(volts, width), settings.numbers);
}

function requireRead(
  index: number,
  { volts, width, bias }: Omit<ReadOperation, 'kind' | 'cells'>,
  { numbers, third, readMode, readWidth }: ArcOneSettings,
): void {
  biasCode(bias, third);
  requestText(readModeRequest(readModeCode(readMode, volts), volts), numbers);
  if (Math.abs(width - readWidth) > slack * readWidth) {
    throw new ScheduleError(
      'controller-read',
      `operation ${index}: a read of ${width} s; arc-one takes ${readWidth} s by its settings and cannot be told otherwise`,
      { hint: 'Make read.width and controller.board.readWidth the same: the time that you measured.' },
    );
  }
  if (readMode === 'classic' && volts !== classicReadVolts) {
    throw new ScheduleError(
      'controller-read',
      `operation ${index}: a read at ${volts} V; a classic read is always at ${classicReadVolts} V`,
      { hint: 'Use read mode tia4p.' },
    );
  }
}
