import { SolverError, UsageError } from '../errors.ts';
import { BandMatrix } from '../circuit/band-matrix.ts';
import { CellVoltages } from '../circuit/cell-voltages.ts';
import { DisjointSets } from '../circuit/disjoint-sets.ts';
import type { NodalSystem } from '../circuit/nodal-system.ts';
import type { SelectedReads } from './selected-reads.ts';
import { createTransferMatrix } from '../circuit/transfer-matrix.ts';

/** Conductance over the largest below which a cell cannot hold two floating lines together: rounding would drown it. */
const weakest = 1e-6;

/**
 * Read every cell by itself while all lines but its own float. Between two lines the array is then one resistor: with Z
 * the inverse of the transfer matrix without the row and the column of one line, it is Z_ii + Z_jj - 2 Z_ij, and line s
 * floats at (Z_si - Z_sj) of its current. The voltage over the cell is the sum over the lines of what each would put
 * there alone.
 *
 * @param system - driven at the left and at the bottom
 * @throws UsageError naming a line that next to nothing connects to the others
 */
export function readBetweenFloating(system: NodalSystem): SelectedReads {
  const { wordLines, bitLines } = system.geometry;
  requireConnected(system);
  const lines = wordLines + bitLines;
  const impedance = impedanceOf(createTransferMatrix(system).admittance, lines);
  const sensed = new Float64Array(wordLines * bitLines);
  eachCell(system, (cell, word, bit) => {
    const own = impedance[word * lines + word]! + impedance[bit * lines + bit]!;
    sensed[cell] = 1 / (own - 2 * impedance[word * lines + bit]!);
  });
  const cellVolts = new Float64Array(wordLines * bitLines);
  const voltages = new CellVoltages(system);
  for (let line = 0; line < lines; line++) {
    const share = voltages.ofLine(line);
    const row = line * lines;
    eachCell(system, (cell, word, bit) => {
      cellVolts[cell]! += sensed[cell]! * (impedance[row + word]! - impedance[row + bit]!) * share[cell]!;
    });
  }
  return { sensed, cellVolts, power: sensed.slice() };
}

/** @param visit - receives the number of the cell and those of its two lines, word lines first */
function eachCell(
  { geometry: { wordLines, bitLines } }: NodalSystem,
  visit: (cell: number, word: number, bit: number) => void,
): void {
  for (let word = 0, cell = 0; word < wordLines; word++) {
    for (let bit = 0; bit < bitLines; bit++, cell++) {
      visit(cell, word, wordLines + bit);
    }
  }
}

/** Volts at each line for an ampere into another, [lines x lines], ohm, with the last line at 0 V. */
function impedanceOf(admittance: Float64Array, lines: number): Float64Array {
  const last = lines - 1;
  const reduced = new BandMatrix(last, last - 1);
  for (let row = 0; row < last; row++) {
    for (let column = 0; column <= row; column++) {
      reduced.add(row, column, admittance[row * lines + column]!);
    }
  }
  if (!reduced.factor()) {
    throw new SolverError(
      'floating',
      'sneak map: floating lines of this array hang together too loosely to be solved in doubles',
      { hint: 'Choose a bias scheme that drives all lines.' },
    );
  }
  const impedance = new Float64Array(lines * lines);
  for (let row = 0; row < last; row++) {
    const volts = new Float64Array(last);
    volts[row] = 1;
    reduced.solve(volts);
    impedance.set(volts, row * lines);
  }
  return impedance;
}

function requireConnected({ geometry: { wordLines, bitLines }, conductances }: NodalSystem): void {
  const sets = new DisjointSets(wordLines + bitLines);
  const largest = conductances.reduce((most, siemens) => Math.max(most, siemens), 0);
  conductances.forEach((siemens, cell) => {
    if (siemens > 0 && siemens >= weakest * largest) {
      sets.unite(Math.floor(cell / bitLines), wordLines + (cell % bitLines));
    }
  });
  for (let line = 0; line < wordLines + bitLines; line++) {
    if (sets.find(line) !== sets.find(0)) {
      const name = line < wordLines ? `word line ${line}` : `bit line ${line - wordLines}`;
      throw new UsageError(
        'floating',
        `sneak map: no way leads from ${name} to word line 0 through cells of at least ${weakest} of the largest conductance`,
        { hint: 'Choose a bias scheme that drives all lines.', details: { line: name, weakest } },
      );
    }
  }
}
