import type { Volts } from '../units.ts';
import type { BiasScheme } from './bias.ts';
import { CellVoltages } from '../circuit/cell-voltages.ts';
import type { NodalSystem } from '../circuit/nodal-system.ts';
import { createTransferMatrix } from '../circuit/transfer-matrix.ts';

/** What happens while each cell of an array is read by itself, with 1 V between its lines. */
export interface SelectedReads {
  /** Current out of the cell's bit line, [wordLines x bitLines], ampere. */
  readonly sensed: Float64Array;
  /** Voltage that is left for the cell, [wordLines x bitLines], volt. */
  readonly cellVolts: Float64Array;
  /** Power from all sources together, [wordLines x bitLines], watt. */
  readonly power: Float64Array;
}

/**
 * Read every cell by itself under a bias scheme. Cells are linear, so that the frames of all cells are sums of one
 * solution for each line: those of the unselected lines all together, and what selecting one changes.
 *
 * @param system - driven at the left and at the bottom
 */
export function readUnderBias(system: NodalSystem, scheme: BiasScheme): SelectedReads {
  const { wordLines, bitLines } = system.geometry;
  const { admittance } = createTransferMatrix(system);
  const lines = wordLines + bitLines;
  const { unselectedWord, unselectedBit } = scheme;
  const onWord = scheme.selectedWord - unselectedWord;
  const onBit = scheme.selectedBit - unselectedBit;
  const rest = new Float64Array(lines).fill(unselectedWord, 0, wordLines).fill(unselectedBit, wordLines);
  const current = rest.map((_, row) =>
    rest.reduce((sum, volts, line) => sum + volts * admittance[row * lines + line]!, 0),
  );
  const restPower = rest.reduce((sum, volts, line) => sum + volts * current[line]!, 0);

  const sensed = new Float64Array(wordLines * bitLines);
  const power = new Float64Array(wordLines * bitLines);
  for (let word = 0, cell = 0; word < wordLines; word++) {
    for (let bit = 0; bit < bitLines; bit++, cell++) {
      const column = wordLines + bit;
      const ownWord = admittance[word * lines + word]!;
      const ownBit = admittance[column * lines + column]!;
      const across = admittance[word * lines + column]!;
      sensed[cell] = -(current[column]! + onWord * across + onBit * ownBit);
      power[cell] =
        restPower +
        2 * (onWord * current[word]! + onBit * current[column]! + onWord * onBit * across) +
        onWord ** 2 * ownWord +
        onBit ** 2 * ownBit;
    }
  }
  return { sensed, power, cellVolts: selectedVolts(system, rest, onWord, onBit) };
}

/**
 * @param rest - voltages of the lines while none is selected, [wordLines + bitLines]
 * @param onWord - what selecting a word line adds to it
 * @param onBit - what selecting a bit line adds to it
 */
function selectedVolts(system: NodalSystem, rest: Float64Array, onWord: Volts, onBit: Volts): Float64Array {
  const { wordLines, bitLines } = system.geometry;
  const voltages = new CellVoltages(system);
  const cellVolts = rest.some((volts) => volts !== 0)
    ? voltages.of(rest)
    : new Float64Array(wordLines * bitLines);
  const add = (line: number, volts: Volts, first: number, step: number, count: number): void => {
    if (volts === 0) {
      return;
    }
    const share = voltages.ofLine(line);
    for (let k = 0, cell = first; k < count; k++, cell += step) {
      cellVolts[cell]! += volts * share[cell]!;
    }
  };
  for (let word = 0; word < wordLines; word++) {
    add(word, onWord, word * bitLines, 1, bitLines);
  }
  for (let bit = 0; bit < bitLines; bit++) {
    add(wordLines + bit, onBit, bit, bitLines, wordLines);
  }
  return cellVolts;
}
