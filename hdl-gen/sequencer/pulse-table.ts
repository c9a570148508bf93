import { resolveBias, type BiasChoice } from '../../src/array/bias.ts';
import { type Cell, cellName, type Geometry } from '../../src/array/geometry.ts';
import { ScheduleError } from '../../src/errors.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import type { FrameOperation, Operation } from '../../src/schedule/operation.ts';
import type { Schedule } from '../../src/schedule/schedule.ts';
import type { Timing } from '../../src/schedule/timing.ts';
import type { Seconds, Volts } from '../../src/units.ts';
import { frameRails } from './frame-rails.ts';
import { lineCode } from './line-code.ts';
import type { RailCodes, TableEntry } from './table-entry.ts';
import { wholeTicks } from './whole-ticks.ts';

/** A schedule as the sequencer's memories hold it. */
export interface PulseTable {
  readonly entries: readonly TableEntry[];
  /** Operation of each entry, for people: its position and what it does. */
  readonly sources: readonly string[];
  /** Words of the frame memory. */
  readonly frameRows: Uint16Array;
}

const noRails: RailCodes = { selectedWord: 0, unselectedWord: 0, selectedBit: 0, unselectedBit: 0 };

/**
 * Put a schedule, rounded to the driver's grid, into the sequencer's table: one entry a pulse, a wait or a frame, and
 * one for each cell of a read.
 *
 * @throws ScheduleError for an operation that no table can hold, or that this board cannot execute
 */
export function pulseTable(schedule: Schedule, driver: DriverGrid, timing: Timing): PulseTable {
  const gapTicks = wholeTicks(timing.gap, driver.stepWidth, 'gap');
  const entries: TableEntry[] = [];
  const sources: string[] = [];
  const frameRows: number[] = [];
  const frames = new Map<string, number>();
  const add = (source: string, act: Omit<TableEntry, 'last' | 'gapTicks'>): void => {
    entries.push({ ...act, gapTicks, last: false });
    sources.push(source);
  };
  const placeFrame = (rows: Uint16Array): number => {
    const key = rows.join(' ');
    const row = frames.get(key) ?? frameRows.length;
    if (!frames.has(key)) {
      frames.set(key, row);
      frameRows.push(...rows);
    }
    return row;
  };
  for (const [index, operation] of schedule.operations.entries()) {
    addOperation(index, operation, schedule.geometry, driver, add, placeFrame);
  }
  const last = entries.at(-1);
  if (last === undefined) {
    throw new ScheduleError(
      'sequencer-empty',
      'schedule: found no operation, expected at least one to put in the table',
    );
  }
  entries[entries.length - 1] = { ...last, last: true };
  return { entries, sources, frameRows: Uint16Array.from(frameRows) };
}

type AddEntry = (source: string, act: Omit<TableEntry, 'last' | 'gapTicks'>) => void;

function addOperation(
  index: number,
  operation: Operation,
  geometry: Geometry,
  driver: DriverGrid,
  add: AddEntry,
  placeFrame: (rows: Uint16Array) => number,
): void {
  const ticks = (seconds: Seconds, field: string): number =>
    wholeTicks(seconds, driver.stepWidth, `operation ${index}, ${field}`);
  switch (operation.kind) {
    case 'wait': {
      const widthTicks = ticks(operation.seconds, 'seconds');
      add(`operation ${index}: wait`, {
        kind: 'wait',
        sense: false,
        wordLine: 0,
        bitLine: 0,
        codes: noRails,
        widthTicks,
      });
      return;
    }
    case 'frame': {
      const { codes, rows } = railsOf(index, operation, driver);
      const widthTicks = ticks(operation.width, 'width');
      const { sense } = operation;
      add(`operation ${index}: frame`, {
        kind: 'frame',
        sense,
        wordLine: placeFrame(rows),
        bitLine: 0,
        codes,
        widthTicks,
      });
      return;
    }
    case 'pulse':
    case 'read': {
      const codes = selectionCodes(geometry, operation.volts, operation.bias, driver);
      const widthTicks = ticks(operation.width, 'width');
      const sense = operation.kind === 'read';
      const cells: readonly Cell[] = operation.kind === 'read' ? operation.cells : [operation.cell];
      for (const cell of cells) {
        add(`operation ${index}: ${operation.kind} ${cellName(cell)}`, {
          kind: 'cell',
          sense,
          wordLine: cell.word,
          bitLine: cell.bit,
          codes,
          widthTicks,
        });
      }
      return;
    }
    case 'programVerify':
      throw new ScheduleError(
        'sequencer-loop',
        `operation ${index}: a programVerify loop depends on what its reads find, so no table can hold it`,
        {
          hint: 'Run it and emit what the run did (--executed), or use the firmware, which runs the loop on the board.',
          details: { operation: index },
        },
      );
  }
}

function railsOf(index: number, { wordVolts, bitVolts }: FrameOperation, driver: DriverGrid) {
  const codes = (volts: readonly Volts[]): number[] => volts.map((value) => lineCode(driver, value));
  return frameRails(index, codes(wordVolts), codes(bitVolts));
}

/** A side with one line has no unselected rail to drive. */
function selectionCodes(geometry: Geometry, volts: Volts, bias: BiasChoice, driver: DriverGrid): RailCodes {
  const scheme = resolveBias(bias);
  const code = (fraction: number): number => lineCode(driver, fraction * volts);
  return {
    selectedWord: code(scheme.selectedWord),
    unselectedWord: geometry.wordLines > 1 ? code(scheme.unselectedWord) : 0,
    selectedBit: code(scheme.selectedBit),
    unselectedBit: geometry.bitLines > 1 ? code(scheme.unselectedBit) : 0,
  };
}
