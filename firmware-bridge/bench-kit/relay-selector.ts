import { resolveBias, type BiasChoice } from '../../src/array/bias.ts';
import type { Cell } from '../../src/array/geometry.ts';
import { ConfigError, ScheduleError } from '../../src/errors.ts';
import type { Geometry } from '../../src/array/geometry.ts';
import type { CellSelector } from './cell-selector.ts';
import { channelOf } from './crosspoint.ts';
import type { RelayMatrix } from './relay-matrix.ts';
import type { MatrixSettings } from './settings.ts';

/** Selects cells with a relay matrix: every line of the array goes to one of the two terminals of the source. */
export class RelaySelector implements CellSelector {
  readonly releasesFirst = false;
  readonly #matrix: RelayMatrix;
  readonly #settings: MatrixSettings;

  constructor(matrix: RelayMatrix, settings: MatrixSettings) {
    this.#matrix = matrix;
    this.#settings = settings;
  }

  find(): Promise<void> {
    return this.#matrix.find();
  }

  requireScheme(bias: BiasChoice): void {
    requireRelayScheme(bias, this.#settings);
  }

  holds(cell: Cell, bias: BiasChoice): boolean {
    return this.#matrix.holds(selectingChannels(cell, bias, this.#settings));
  }

  select(cell: Cell, bias: BiasChoice): Promise<void> {
    return this.#matrix.connect(selectingChannels(cell, bias, this.#settings));
  }

  release(): Promise<void> {
    return this.#matrix.open();
  }

  interrupt(reason: Error): void {
    this.#matrix.interrupt(reason);
  }

  close(): Promise<void> {
    return this.#matrix.close();
  }
}

/**
 * One source has two terminals: whatever else hangs between them takes current that is measured with that of the cell.
 * So all cells must share one line, and the others of theirs go where their cells see nothing.
 *
 * @throws ConfigError for an array that one source cannot take a single cell out of
 */
export function requireLinearArray({ wordLines, bitLines }: Geometry, settings: MatrixSettings): void {
  const { wordColumns, bitColumns } = settings;
  if (wordColumns.length !== wordLines || bitColumns.length !== bitLines) {
    throw new ConfigError(
      'bench-kit-columns',
      `bench-kit: controller.board.matrix: found columns for ${wordColumns.length} x ${bitColumns.length} lines, ` +
        `the array has ${wordLines} x ${bitLines}`,
    );
  }
  if (wordLines > 1 && bitLines > 1) {
    throw new ConfigError(
      'bench-kit-array',
      `bench-kit: found an array of ${wordLines} x ${bitLines} lines, expected one line of either kind`,
      {
        hint:
          'With one source the cells beside the selected one see its whole voltage, or carry part of the measured ' +
          'current. Connect one word line or one bit line at a time.',
      },
    );
  }
}

/** @throws ScheduleError for a scheme under which other cells see a voltage, or that one source cannot make */
export function requireRelayScheme(bias: BiasChoice, { wordColumns, bitColumns }: MatrixSettings): void {
  const scheme = resolveBias(bias);
  const { name, selectedWord, selectedBit, unselectedWord, unselectedBit } = scheme;
  const quiet =
    (wordColumns.length === 1 || unselectedWord === selectedBit) &&
    (bitColumns.length === 1 || unselectedBit === selectedWord);
  if (selectedWord !== 1 || selectedBit !== 0 || !quiet) {
    throw new ScheduleError(
      'controller-bias',
      `bench-kit: the bias scheme "${name}" needs more than one source, or leaves a voltage on other cells`,
      {
        hint:
          wordColumns.length > 1
            ? 'Use the scheme "grounded": the selected word line at the voltage, all others with the bit line at 0 V.'
            : 'Write it out: selectedWord: 1, selectedBit: 0, unselectedWord: 0, unselectedBit: 1.',
        details: { found: scheme },
      },
    );
  }
}

/** The relays that connect a cell: all lines of the array, each to one terminal. */
export function selectingChannels(
  cell: Cell,
  bias: BiasChoice,
  settings: MatrixSettings,
): ReadonlySet<number> {
  const { slots, rows, wordColumns, bitColumns } = settings;
  const { selectedWord, selectedBit, unselectedWord, unselectedBit } = resolveBias(bias);
  const channel = (column: number, fraction: number): number =>
    channelOf({ row: fraction === 1 ? rows.high : rows.low, column }, slots);
  return new Set([
    ...wordColumns.map((column, word) => channel(column, word === cell.word ? selectedWord : unselectedWord)),
    ...bitColumns.map((column, bit) => channel(column, bit === cell.bit ? selectedBit : unselectedBit)),
  ]);
}
