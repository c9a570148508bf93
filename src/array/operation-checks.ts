import { UsageError } from '../errors.ts';
import type { Seconds, Volts } from '../units.ts';
import type { BiasFrame } from './bias.ts';
import { type Cell, cellName, containsCell, type Geometry } from './geometry.ts';

/** @throws UsageError for a cell outside the array */
export function requireCell(geometry: Geometry, cell: Cell): void {
  if (!containsCell(geometry, cell)) {
    const { wordLines, bitLines } = geometry;
    throw new UsageError('cell', `array: cell ${cellName(cell)} is outside ${wordLines} x ${bitLines}`, {
      details: { cell, geometry },
    });
  }
}

/** @throws UsageError for a frame of another size, or with a voltage that is not finite */
export function requireFrame(geometry: Geometry, frame: BiasFrame): void {
  requireLength('word-line voltages', frame.wordVolts.length, geometry.wordLines);
  requireLength('bit-line voltages', frame.bitVolts.length, geometry.bitLines);
  frame.wordVolts.forEach(requireVolts);
  frame.bitVolts.forEach(requireVolts);
}

/** @throws UsageError unless the voltage is finite */
export function requireVolts(volts: Volts): void {
  if (!Number.isFinite(volts)) {
    throw new UsageError('volts', `array: found ${volts} V, expected a finite voltage`);
  }
}

/** @throws UsageError unless the time is finite and not negative */
export function requireWidth(seconds: Seconds): void {
  if (!(seconds >= 0 && Number.isFinite(seconds))) {
    throw new UsageError(
      'width',
      `array: found a width of ${seconds} s, expected a finite time of 0 s or more`,
    );
  }
}

/** @throws UsageError when an array has another length */
export function requireLength(what: string, found: number, expected: number): void {
  if (found !== expected) {
    throw new UsageError('array-shape', `array: found ${found} ${what}, expected ${expected}`);
  }
}
