import { type Cell, cellIndex, containsCell, type Geometry } from '../array/geometry.ts';
import { ScheduleError } from '../errors.ts';
import { canonicalValue, type PlainValue } from './canonical-value.ts';
import { fieldError } from './field-error.ts';
import type { Operation } from './operation.ts';
import type { Schedule } from './schedule.ts';
import { scheduleSchema } from './schedule-schema.ts';
import { describeValue, firstIssue } from './schema-issue.ts';

/**
 * Check that a value from anywhere is a schedule, and copy it. Nothing is repaired and no unknown key is passed
 * over; what the copy holds cannot change when the original does.
 *
 * @throws ScheduleError naming operation, field, what was found and what is allowed
 * @example
 * parseSchedule({ format: 'ohmloom-schedule', version: 1, geometry: { wordLines: 1, bitLines: 1 }, operations: [] });
 */
export function parseSchedule(value: unknown): Schedule {
  const plain = canonicalValue(value, 'schedule');
  requireHeader(plain);
  const result = scheduleSchema.safeParse(plain);
  if (!result.success) {
    const issue = firstIssue(result.error, plain);
    throw fieldError('schedule', issue.path, issue.found, issue.allowed);
  }
  const { geometry, operations } = result.data;
  for (const [position, operation] of operations.entries()) {
    requireInside(geometry, operation, ['operations', position]);
  }
  return result.data;
}

function requireHeader(plain: PlainValue): void {
  const format = memberOf(plain, 'format');
  const version = memberOf(plain, 'version');
  if (format !== 'ohmloom-schedule') {
    throw new ScheduleError(
      'schedule-format',
      `schedule: found format ${describeValue(format)}, expected "ohmloom-schedule"`,
      { hint: 'Is this the right file?' },
    );
  }
  if (version !== 1) {
    throw new ScheduleError(
      'schedule-version',
      `schedule: found version ${describeValue(version)}, expected 1`,
      {
        hint: 'The file was written by another version of ohmloom.',
      },
    );
  }
}

function memberOf(plain: PlainValue, key: string): unknown {
  return typeof plain === 'object' && plain !== null ? Reflect.get(plain, key) : undefined;
}

/** Addresses and lengths, which depend on the size of the array. */
function requireInside(geometry: Geometry, operation: Operation, at: readonly PropertyKey[]): void {
  switch (operation.kind) {
    case 'pulse':
      requireCell(geometry, operation.cell, [...at, 'cell']);
      return;
    case 'read':
      requireCells(geometry, operation.cells, at);
      return;
    case 'frame':
      requireLength(operation.wordVolts, geometry.wordLines, 'word line', [...at, 'wordVolts']);
      requireLength(operation.bitVolts, geometry.bitLines, 'bit line', [...at, 'bitVolts']);
      return;
    case 'programVerify':
      requireCells(geometry, operation.cells, at);
      requireLength(operation.targets, operation.cells.length, 'cell', [...at, 'targets']);
      requireDistinct(geometry, operation.cells, at);
      return;
    case 'wait':
      return;
  }
}

function requireCells(geometry: Geometry, cells: readonly Cell[], at: readonly PropertyKey[]): void {
  for (const [position, cell] of cells.entries()) {
    if (!containsCell(geometry, cell)) {
      requireCell(geometry, cell, [...at, 'cells', position]);
    }
  }
}

function requireCell(geometry: Geometry, cell: Cell, at: readonly PropertyKey[]): void {
  if (cell.word >= geometry.wordLines) {
    throw fieldError('schedule', [...at, 'word'], `${cell.word}`, `0 to ${geometry.wordLines - 1}`);
  }
  if (cell.bit >= geometry.bitLines) {
    throw fieldError('schedule', [...at, 'bit'], `${cell.bit}`, `0 to ${geometry.bitLines - 1}`);
  }
}

function requireLength(
  list: readonly number[],
  length: number,
  each: string,
  at: readonly PropertyKey[],
): void {
  if (list.length !== length) {
    throw fieldError('schedule', at, describeValue(list), `a list of ${length}, one per ${each}`);
  }
}

/** Two targets for one cell contradict each other. */
function requireDistinct(geometry: Geometry, cells: readonly Cell[], at: readonly PropertyKey[]): void {
  const seen = new Set<number>();
  for (const [position, cell] of cells.entries()) {
    const index = cellIndex(geometry, cell);
    if (seen.has(index)) {
      throw fieldError(
        'schedule',
        [...at, 'cells', position],
        `w${cell.word} b${cell.bit} for the second time`,
        'each cell once',
      );
    }
    seen.add(index);
  }
}
