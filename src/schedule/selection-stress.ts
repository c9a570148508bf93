import type { BiasScheme } from '../array/bias.ts';
import type { Geometry } from '../array/geometry.ts';
import type { Volts } from '../units.ts';
import { type DriverGrid, roundVolts } from './driver-grid.ts';

/**
 * The largest voltages while a bias scheme selects one cell, with the driver's error. A scheme knows four kinds of
 * line, so four kinds of cell, whatever the size of the array; null stands for a kind that the array does not have.
 */
export interface SelectionStress {
  readonly selected: Volts;
  /** Over the other cells of the selected word line. */
  readonly sameWord: Volts | null;
  /** Over the other cells of the selected bit line. */
  readonly sameBit: Volts | null;
  /** Over the cells that share no line with the selected one. */
  readonly elsewhere: Volts | null;
  /** Nominal voltages of the lines. */
  readonly lines: readonly Volts[];
  /** False where the two codes of the selected lines are the same, so that the cell would see nothing. */
  readonly acts: boolean;
}

/**
 * Work out the stress of selecting one cell, from the four kinds of line.
 *
 * @param volts - over the selected cell, already rounded
 */
export function selectionStress(
  geometry: Geometry,
  scheme: BiasScheme,
  volts: Volts,
  driver: DriverGrid,
): SelectionStress {
  const word = scheme.selectedWord * volts;
  const bit = scheme.selectedBit * volts;
  const otherWord = scheme.unselectedWord * volts;
  const otherBit = scheme.unselectedBit * volts;
  const moreWords = geometry.wordLines > 1;
  const moreBits = geometry.bitLines > 1;
  return {
    selected: acrossCell(word, bit, driver),
    sameWord: moreBits ? acrossCell(word, otherBit, driver) : null,
    sameBit: moreWords ? acrossCell(otherWord, bit, driver) : null,
    elsewhere: moreWords && moreBits ? acrossCell(otherWord, otherBit, driver) : null,
    lines: [word, bit, ...(moreWords ? [otherWord] : []), ...(moreBits ? [otherBit] : [])],
    acts: volts !== 0 && roundVolts(driver, word) !== roundVolts(driver, bit),
  };
}

/** The largest sum of magnitudes over the cells of one line. */
export function busiestLine(
  { wordLines, bitLines }: Geometry,
  { selected, sameWord, sameBit, elsewhere }: SelectionStress,
): Volts {
  const onWord = sameWord ?? 0;
  const onBit = sameBit ?? 0;
  const onNeither = elsewhere ?? 0;
  return Math.max(
    selected + (bitLines - 1) * onWord,
    selected + (wordLines - 1) * onBit,
    onBit + (bitLines - 1) * onNeither,
    onWord + (wordLines - 1) * onNeither,
  );
}

/**
 * Largest magnitude over a cell between two lines. A fraction such as V/3 may lie between two codes of the line DACs,
 * so both the fraction and its codes count; each of the two outputs may be off by the driver's error.
 */
function acrossCell(word: Volts, bit: Volts, driver: DriverGrid): Volts {
  const nominal = Math.abs(word - bit);
  const coded = Math.abs(roundVolts(driver, word) - roundVolts(driver, bit));
  return Math.max(nominal, coded) + 2 * driver.errorVolts;
}
