import type { Coulombs, Joules, Seconds, Volts } from '../units.ts';
import type { BiasScheme } from './bias.ts';
import type { CellBank } from './cell-bank.ts';
import type { CellWriter } from './cell-writer.ts';
import type { Cross } from './cross.ts';
import type { Exposure, StressTotals } from './exposure.ts';
import { type Cell, cellIndex } from './geometry.ts';

/**
 * Part of an operation's largest cell voltage from which a cell counts as written, and not as a victim. Between
 * the 1/2 of the usual schemes and the full voltage less what the wires may take of it.
 */
export const writtenFraction = 0.75;

/** Hole of a strip that has none. */
const none = -1;

/**
 * Books the voltages of one operation to the cells: those that are written scatter from cycle to cycle, victims
 * take the mean. Afterwards the fields hold what the operation took.
 */
export class ArrayStress implements StressTotals {
  joules: Joules = 0;
  /** Part of `joules` in the cells that the operation is meant for. */
  addressedJoules: Joules = 0;
  coulombs: Coulombs = 0;
  readonly #cells: CellBank;
  readonly #writer: CellWriter;
  readonly #exposure: Exposure;
  #seconds: Seconds = 0;
  #event = 0;
  /** Magnitude from which a cell is written. */
  #writeVolts: Volts = 0;

  constructor(cells: CellBank, writer: CellWriter, exposure: Exposure) {
    this.#cells = cells;
    this.#writer = writer;
    this.#exposure = exposure;
  }

  /**
   * Select one cell between ideal wires: four classes of cells see four voltages, the same to the last bit as in
   * the frame of `selectCell`.
   *
   * @param scatter - whether written cells scatter; a read disturbs by the mean
   */
  select(
    cell: Cell,
    volts: Volts,
    scheme: BiasScheme,
    seconds: Seconds,
    event: number,
    scatter: boolean,
  ): void {
    const { wordLines, bitLines } = this.#cells.geometry;
    const selectedWord = scheme.selectedWord * volts;
    const selectedBit = scheme.selectedBit * volts;
    const unselectedWord = scheme.unselectedWord * volts;
    const unselectedBit = scheme.unselectedBit * volts;
    const selected = selectedWord - selectedBit;
    const sameWord = selectedWord - unselectedBit;
    const sameBit = unselectedWord - selectedBit;
    const other = unselectedWord - unselectedBit;
    const largest = Math.max(
      Math.abs(selected),
      bitLines > 1 ? Math.abs(sameWord) : 0,
      wordLines > 1 ? Math.abs(sameBit) : 0,
      wordLines > 1 && bitLines > 1 ? Math.abs(other) : 0,
    );
    this.#begin(seconds, event, scatter ? writtenFraction * largest : Infinity);

    const index = cellIndex(this.#cells.geometry, cell);
    const factor = this.#isWritten(selected) ? this.#writer.factor(index, event) : 1;
    if (
      this.#exposure.select !== undefined &&
      !(this.#isWritten(sameWord) || this.#isWritten(sameBit) || this.#isWritten(other))
    ) {
      this.#exposure.select(cell, selected, sameWord, sameBit, other, seconds, factor, this);
      return;
    }
    this.#book(this.#writer.write(index, selected, seconds, factor), selected);
    const addressedJoules = this.joules;
    this.#strip(index - cell.bit, 1, bitLines, cell.bit, sameWord);
    this.#strip(cell.bit, bitLines, wordLines, cell.word, sameBit);
    if (!this.#isQuiet(other)) {
      for (let word = 0; word < wordLines; word++) {
        if (word !== cell.word) {
          this.#strip(word * bitLines, 1, bitLines, cell.bit, other);
        }
      }
    }
    this.addressedJoules = addressedJoules;
  }

  /**
   * Put a voltage over every cell.
   *
   * @param cellVolts - [wordLines x bitLines], volt
   * @param scatter - whether written cells scatter; a read disturbs by the mean
   * @param selected - index of the one cell that is addressed; if null, the written cells are, or all of a read
   * @param alike - victims beside each other on a word line whose voltages differ by no more see their mean
   */
  applyAll(
    cellVolts: Float64Array,
    seconds: Seconds,
    event: number,
    scatter: boolean,
    selected: number | null,
    alike: Volts,
  ): void {
    this.#begin(seconds, event, scatter ? writtenFraction * largestMagnitude(cellVolts) : Infinity);
    const { bitLines } = this.#cells.geometry;
    let addressedJoules = 0;
    for (let start = 0; start < cellVolts.length; start += bitLines) {
      const end = start + bitLines;
      if (selected === null || selected < start || selected >= end) {
        this.#runs(cellVolts, start, end, start, 1, alike);
      } else {
        this.#runs(cellVolts, start, selected, start, 1, alike);
        addressedJoules = this.#address(selected, cellVolts[selected]!);
        this.#runs(cellVolts, selected + 1, end, selected + 1, 1, alike);
      }
    }
    if (selected !== null) {
      this.addressedJoules = addressedJoules;
    } else if (!scatter) {
      this.addressedJoules = this.joules;
    }
  }

  /**
   * Put a voltage over every cell of two lines, and none over all others.
   *
   * @param volts - in the order of the cross
   * @param scatter - whether written cells scatter; a read disturbs by the mean
   * @param alike - victims beside each other whose voltages differ by no more see their mean
   */
  applyCross(
    volts: Float64Array,
    cross: Cross,
    seconds: Seconds,
    event: number,
    scatter: boolean,
    alike: Volts,
  ): void {
    this.#begin(seconds, event, scatter ? writtenFraction * largestMagnitude(volts) : Infinity);
    const { word, bit } = cross;
    const { bitLines } = cross.geometry;
    const row = word * bitLines;
    const below = bitLines + word;
    const addressedJoules = this.#address(row + bit, volts[bit]!);
    this.#runs(volts, 0, bit, row, 1, alike);
    this.#runs(volts, bit + 1, bitLines, row + bit + 1, 1, alike);
    this.#runs(volts, bitLines, below, bit, bitLines, alike);
    this.#runs(volts, below, volts.length, row + bitLines + bit, bitLines, alike);
    this.addressedJoules = addressedJoules;
  }

  /**
   * Put a voltage over every cell but those of two lines, as victims.
   *
   * @param cellVolts - [wordLines x bitLines], volt
   * @param alike - cells beside each other whose voltages differ by no more see their mean
   */
  applyRest(cellVolts: Float64Array, { word, bit }: Cross, seconds: Seconds, alike: Volts): void {
    this.#begin(seconds, 0, Infinity);
    const { wordLines, bitLines } = this.#cells.geometry;
    for (let line = 0; line < wordLines; line++) {
      if (line !== word) {
        this.#victims(cellVolts, line * bitLines, bitLines, bit, alike);
      }
    }
  }

  /** Expose a word line of victims but for one bit line: at once, where all are alike. */
  #victims(cellVolts: Float64Array, start: number, count: number, hole: number, alike: Volts): void {
    let sum = -cellVolts[start + hole]!;
    let low = Infinity;
    let high = -Infinity;
    for (let at = start; at < start + count; at++) {
      const volts = cellVolts[at]!;
      sum += volts;
      // Comparisons take a third of the time of Math.min and Math.max.
      if (volts < low) {
        low = volts;
      }
      if (volts > high) {
        high = volts;
      }
    }
    if (count > 1 && high - low <= alike) {
      this.#strip(start, 1, count, hole, sum / (count - 1));
      return;
    }
    this.#runs(cellVolts, start, start + hole, start, 1, alike);
    this.#runs(cellVolts, start + hole + 1, start + count, start + hole + 1, 1, alike);
  }

  /** Expose the one cell that an operation is meant for, and return what it took. */
  #address(index: number, volts: Volts): Joules {
    const factor = this.#isWritten(volts) ? this.#writer.factor(index, this.#event) : 1;
    const joules = this.#writer.write(index, volts, this.#seconds, factor);
    this.#book(joules, volts);
    return joules;
  }

  /** Expose the cells from `first` on in steps of `stride` to volts[from] to volts[end - 1], alike ones together. */
  #runs(volts: Float64Array, from: number, end: number, first: number, stride: number, alike: Volts): void {
    for (let at = from; at < end;) {
      const start = volts[at]!;
      let sum = start;
      let low = start;
      let high = start;
      let next = at + 1;
      for (; next < end && !this.#isWritten(start); next++) {
        const other = volts[next]!;
        low = Math.min(low, other);
        high = Math.max(high, other);
        if (!(high - low <= alike) || this.#isWritten(other)) {
          break;
        }
        sum += other;
      }
      const count = next - at;
      this.#strip(first + (at - from) * stride, stride, count, none, alike === 0 ? start : sum / count);
      at = next;
    }
  }

  /** Leave the whole array at 0 V; a model that drifts moves on. */
  rest(seconds: Seconds): void {
    this.#begin(seconds, 0, Infinity);
    this.#strip(0, 1, this.#cells.states.length, none, 0);
  }

  #begin(seconds: Seconds, event: number, writeVolts: Volts): void {
    this.joules = 0;
    this.addressedJoules = 0;
    this.coulombs = 0;
    this.#seconds = seconds;
    this.#event = event;
    this.#writeVolts = writeVolts;
  }

  /** @param hole - position in the strip of a cell that is left out */
  #strip(first: number, stride: number, count: number, hole: number, volts: Volts): void {
    if (this.#isQuiet(volts)) {
      return;
    }
    if (!this.#isWritten(volts)) {
      this.#book(this.#exposure.expose(first, stride, count, hole, volts, this.#seconds), volts);
      return;
    }
    for (let k = 0, index = first; k < count; k++, index += stride) {
      if (k === hole) {
        continue;
      }
      const factor = this.#writer.factor(index, this.#event);
      const joules = this.#writer.write(index, volts, this.#seconds, factor);
      this.#book(joules, volts);
      this.addressedJoules += joules;
    }
  }

  #isWritten(volts: Volts): boolean {
    return volts !== 0 && Math.abs(volts) >= this.#writeVolts;
  }

  #isQuiet(volts: Volts): boolean {
    return volts === 0 && this.#cells.model.promises.quietAtZeroVolts;
  }

  /** The voltage is constant during an operation, so the charge through a cell is its energy over its voltage. */
  #book(joules: Joules, volts: Volts): void {
    this.joules += joules;
    if (volts !== 0) {
      this.coulombs += joules / Math.abs(volts);
    }
  }
}

function largestMagnitude(volts: Float64Array): Volts {
  let largest = 0;
  for (const value of volts) {
    largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
