import { cellName, type Cell } from '../src/array/geometry.ts';
import type { CellResult, OperationResult } from '../src/run/backend.ts';
import type { RunEvent } from '../src/run/run-record.ts';

/** Something in which two records of one schedule differ. */
export interface RecordDifference {
  readonly operation: number;
  readonly cell: string | null;
  /** What differs. */
  readonly what: string;
  readonly board: number | string;
  readonly emulator: number | string;
  /** |board / emulator - 1| for conductances, else null. */
  readonly relative: number | null;
}

export interface RecordComparison {
  /** Conductances that were compared. */
  readonly readings: number;
  /** In the order of the schedule; null if there is none. */
  readonly first: RecordDifference | null;
  /** Of the conductances; null if there were none. */
  readonly largest: RecordDifference | null;
}

/** Conductances that differ by less are the same: a board may report them in 32 bits. */
const resolution = 1e-6;

/**
 * Compare what a board did with what the emulator did under the same schedule.
 *
 * @example
 * compareRecords(eventsOfTheBoard, eventsOfTheEmulator).first?.what;
 */
export function compareRecords(board: readonly RunEvent[], emulator: readonly RunEvent[]): RecordComparison {
  const differences: RecordDifference[] = [];
  let readings = 0;
  let largest: RecordDifference | null = null;
  const take = (difference: RecordDifference): void => {
    const { relative } = difference;
    if (relative !== null) {
      readings++;
      largest = largest === null || relative > (largest.relative ?? 0) ? difference : largest;
    }
    if (relative === null || !(relative <= resolution)) {
      differences.push(difference);
    }
  };
  const count = Math.max(board.length, emulator.length);
  for (let index = 0; index < count; index++) {
    const [one, other] = [board[index], emulator[index]];
    if (one === undefined || other === undefined) {
      take(apart(index, null, 'operations made', board.length, emulator.length));
      break;
    }
    compareResults(one.operation, one.result, other.result, take);
  }
  return { readings, first: differences[0] ?? null, largest };
}

function compareResults(
  operation: number,
  one: OperationResult,
  other: OperationResult,
  take: (difference: RecordDifference) => void,
): void {
  if (one.kind === 'read' && other.kind === 'read') {
    for (const [index, { cell, conductance }] of one.readings.entries()) {
      take(conductances(operation, cell, 'read', conductance, other.readings[index]?.conductance));
    }
  } else if (one.kind === 'programVerify' && other.kind === 'programVerify') {
    for (const [index, cell] of one.cells.entries()) {
      const twin = other.cells[index];
      if (twin !== undefined) {
        compareCells(operation, cell, twin, take);
      }
    }
  } else if (one.kind === 'pulse' && other.kind === 'pulse') {
    if (one.volts !== other.volts || one.width !== other.width) {
      take(
        apart(
          operation,
          null,
          'pulse',
          `${one.volts} V, ${one.width} s`,
          `${other.volts} V, ${other.width} s`,
        ),
      );
    }
  } else if (one.kind !== other.kind) {
    take(apart(operation, null, 'kind', one.kind, other.kind));
  }
}

/** Loops are compared pulse by pulse up to the first pulse that differs: from there on they are two stories. */
function compareCells(
  operation: number,
  one: CellResult,
  other: CellResult,
  take: (difference: RecordDifference) => void,
): void {
  const { cell } = one;
  take(conductances(operation, cell, 'read before', one.before, other.before));
  for (const [index, step] of one.trace.entries()) {
    const twin = other.trace[index];
    if (twin === undefined || twin.volts !== step.volts || twin.width !== step.width) {
      const found = twin === undefined ? 'none' : `${twin.volts} V, ${twin.width} s`;
      take(apart(operation, cell, `pulse ${index + 1}`, `${step.volts} V, ${step.width} s`, found));
      break;
    }
    take(conductances(operation, cell, `read after pulse ${index + 1}`, step.conductance, twin.conductance));
  }
  if (one.trace.length !== other.trace.length) {
    take(apart(operation, cell, 'number of pulses', one.trace.length, other.trace.length));
  }
  if (one.outcome !== other.outcome) {
    take(apart(operation, cell, 'outcome', one.outcome, other.outcome));
  }
  take(conductances(operation, cell, 'last read', one.conductance, other.conductance));
}

function conductances(
  operation: number,
  cell: Cell,
  what: string,
  board: number,
  emulator: number = Number.NaN,
): RecordDifference {
  const relative = Math.abs(board / emulator - 1);
  return { operation, cell: cellName(cell), what, board, emulator, relative };
}

function apart(
  operation: number,
  cell: Cell | null,
  what: string,
  board: number | string,
  emulator: number | string,
): RecordDifference {
  return { operation, cell: cell === null ? null : cellName(cell), what, board, emulator, relative: null };
}
