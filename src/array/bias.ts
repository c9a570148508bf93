import type { Volts } from '../units.ts';
import type { Cell, Geometry } from './geometry.ts';

/**
 * Voltages of the four kinds of line while one cell is selected, as fractions of the cell voltage V.
 * `selectedWord - selectedBit` is 1.
 */
export interface BiasScheme {
  readonly name: string;
  readonly selectedWord: number;
  readonly selectedBit: number;
  readonly unselectedWord: number;
  readonly unselectedBit: number;
}

/** The named schemes. In `half` the cells that share a line with the selected one see V/2 and all others nothing. */
export const biasSchemes = {
  half: { name: 'half', selectedWord: 1 / 2, selectedBit: -1 / 2, unselectedWord: 0, unselectedBit: 0 },
  third: { name: 'third', selectedWord: 1, selectedBit: 0, unselectedWord: 1 / 3, unselectedBit: 2 / 3 },
  grounded: { name: 'grounded', selectedWord: 1, selectedBit: 0, unselectedWord: 0, unselectedBit: 0 },
} as const satisfies Record<string, BiasScheme>;

export type BiasName = keyof typeof biasSchemes;

/** A full description of the voltage at the driven end of every line. */
export interface BiasFrame {
  /** [wordLines], volt. */
  readonly wordVolts: Float64Array;
  /** [bitLines], volt. */
  readonly bitVolts: Float64Array;
}

/** The frame that puts `volts` over one cell under a scheme. */
export function selectCell(geometry: Geometry, cell: Cell, volts: Volts, scheme: BiasScheme): BiasFrame {
  const wordVolts = new Float64Array(geometry.wordLines).fill(scheme.unselectedWord * volts);
  const bitVolts = new Float64Array(geometry.bitLines).fill(scheme.unselectedBit * volts);
  wordVolts[cell.word] = scheme.selectedWord * volts;
  bitVolts[cell.bit] = scheme.selectedBit * volts;
  return { wordVolts, bitVolts };
}

/** Whether two schemes have the same fractions, by whatever name. */
export function isSameScheme(one: BiasScheme, other: BiasScheme): boolean {
  return (
    one.selectedWord === other.selectedWord &&
    one.selectedBit === other.selectedBit &&
    one.unselectedWord === other.unselectedWord &&
    one.unselectedBit === other.unselectedBit
  );
}

/** A named scheme, or one of the user's own. */
export type BiasChoice = BiasName | BiasScheme;

/** The fractions behind a choice. */
export function resolveBias(choice: BiasChoice): BiasScheme {
  return typeof choice === 'string' ? biasSchemes[choice] : choice;
}
