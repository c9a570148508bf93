import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import { errorCode, fileError } from './file-error.ts';

/**
 * A CSV file that grows by whole rows, so that work that was cut off can go on where it stood. A last line that was
 * not finished is dropped.
 *
 * @example
 * const log = new RowLog('sweep.csv', ['seed', 'accuracy']);
 * log.append([1, 0.85]);
 * log.rows; // [["1", "0.85"]]
 */
export class RowLog {
  readonly #path: string;
  readonly #columns: readonly string[];
  readonly #rows: (readonly string[])[];

  /**
   * Open the file, or begin it.
   *
   * @throws ConfigError for a file with other columns, a damaged row, or one that cannot be read or written
   */
  constructor(path: string, columns: readonly string[]) {
    this.#path = path;
    this.#columns = columns;
    const lines = this.#attempt('cannot be read', () => readLines(path));
    const [header = columns.join(','), ...rows] = lines;
    if (header !== columns.join(',')) {
      throw new ConfigError('rows', `${path}:1: found "${header}", expected "${columns.join(',')}"`);
    }
    this.#rows = rows.map((row, index) => this.#parse(row, index + 2));
    const content = [header, ...rows].map((line) => `${line}\n`).join('');
    this.#attempt('cannot be written', () => writeFileSync(path, content));
  }

  /** Rows so far, as text. */
  get rows(): readonly (readonly string[])[] {
    return this.#rows;
  }

  /**
   * Add a row.
   *
   * @param values - one a column; text without commas and line ends
   * @throws ConfigError when the disk does not take it
   */
  append(values: readonly (string | number)[]): void {
    const row = values.map(String);
    this.#attempt('cannot be written', () =>
      writeFileSync(this.#path, `${row.join(',')}\n`, { flag: 'a', flush: true }),
    );
    this.#rows.push(row);
  }

  #parse(line: string, number: number): readonly string[] {
    const values = line.split(',');
    if (values.length !== this.#columns.length) {
      throw new ConfigError(
        'rows',
        `${this.#path}:${number}: found ${values.length} values, expected ${this.#columns.length}`,
      );
    }
    return values;
  }

  #attempt<Result>(failure: string, act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw fileError(this.#path, failure, error);
    }
  }
}

/** Finished lines of a file; none where there is no file. */
function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
