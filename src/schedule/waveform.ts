import { type BiasFrame, resolveBias, selectCell } from '../array/bias.ts';
import type { Cell, Geometry } from '../array/geometry.ts';
import type { Volts } from '../units.ts';
import { toFemtoseconds } from './femtoseconds.ts';
import type { Operation } from './operation.ts';
import type { Schedule } from './schedule.ts';
import { operationFemtoseconds, type Timing } from './timing.ts';

/** A stretch of time in which no line changes; times in femtoseconds from the start of the schedule. */
export interface WaveformInterval {
  /** Position of its operation in the schedule. */
  readonly index: number;
  readonly operation: Operation;
  /** The cell of a pulse or of one read. */
  readonly cell: Cell | null;
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * Walk through the intervals of a schedule in time. A read of several cells is one interval per cell. A
 * `programVerify` is one interval as long as its worst case, because its pulses depend on what the reads find; to see
 * them, pass a schedule of the pulses and reads that a run recorded.
 */
export function* waveform(schedule: Schedule, timing: Timing): Generator<WaveformInterval> {
  const gap = toFemtoseconds(timing.gap).femtoseconds;
  let start = 0n;
  for (const [index, operation] of schedule.operations.entries()) {
    const reads =
      operation.kind === 'read' ? operation.cells : [operation.kind === 'pulse' ? operation.cell : null];
    const length =
      operation.kind === 'read'
        ? toFemtoseconds(operation.width).femtoseconds
        : operationFemtoseconds(operation, gap);
    for (const cell of reads) {
      const end = start + length;
      yield { index, operation, cell, start, end };
      start = end + gap;
    }
  }
}

/** The line voltages of an interval; all lines at 0 V in a wait and, for want of a drawing, in a `programVerify`. */
export function intervalFrame(geometry: Geometry, interval: WaveformInterval): BiasFrame {
  const { operation, cell } = interval;
  if (operation.kind === 'frame') {
    return {
      wordVolts: Float64Array.from(operation.wordVolts),
      bitVolts: Float64Array.from(operation.bitVolts),
    };
  }
  if ((operation.kind === 'pulse' || operation.kind === 'read') && cell !== null) {
    return selectCell(geometry, cell, operation.volts, resolveBias(operation.bias));
  }
  return restFrame(geometry);
}

/** All lines at 0 V. */
export function restFrame(geometry: Geometry): BiasFrame {
  return {
    wordVolts: new Float64Array(geometry.wordLines),
    bitVolts: new Float64Array(geometry.bitLines),
  };
}

/** Names of all lines in the order of `visitChanges`: `w0`, `w1`, ... and then `b0`, `b1`, ... */
export function lineNames({ wordLines, bitLines }: Geometry): string[] {
  return [
    ...Array.from({ length: wordLines }, (_, line) => `w${line}`),
    ...Array.from({ length: bitLines }, (_, line) => `b${line}`),
  ];
}

/**
 * Bring the shown voltages of all lines up to a frame.
 *
 * @param shown - [wordLines + bitLines], overwritten
 * @param visit - receives each line whose voltage changed
 */
export function visitChanges(
  shown: Float64Array,
  { wordVolts, bitVolts }: BiasFrame,
  visit: (line: number, volts: Volts) => void,
): void {
  for (let line = 0; line < shown.length; line++) {
    const volts = line < wordVolts.length ? wordVolts[line]! : bitVolts[line - wordVolts.length]!;
    if (volts !== shown[line]) {
      shown[line] = volts;
      visit(line, volts);
    }
  }
}
