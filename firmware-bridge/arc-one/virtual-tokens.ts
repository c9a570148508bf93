import type { BoardStep } from '../virtual/board-process.ts';
import { receiveLine } from '../virtual/receive-line.ts';

/** Longest token that the board takes; the rest of a longer one is dropped. */
const longestToken = 64;

/** The host wrote `00`. */
export class BoardReset extends Error {}

/** The host wrote something that the board does not take. */
export class BadValue extends Error {}

/** A part of the firmware that needs bytes or time, and ends with a result. */
export type Part<Result> = Generator<BoardStep, Result, number>;

/** Reads what hosts write: one value a line. Empty lines mean nothing, and integers may come as `50.0`. */
export class TokenReader {
  readonly #resetAnywhere: boolean;

  /** @param resetAnywhere - whether `00` is seen inside a job */
  constructor(resetAnywhere: boolean) {
    this.#resetAnywhere = resetAnywhere;
  }

  /** The code of a job, as it is written. */
  *job(): Part<string> {
    for (;;) {
      const token = yield* receiveLine(longestToken);
      if (token !== '') {
        return token;
      }
    }
  }

  /** A number, with or without exponent. */
  *float(): Part<number> {
    const token = yield* this.job();
    if (token === '00' && this.#resetAnywhere) {
      throw new BoardReset();
    }
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/u.test(token)) {
      throw new BadValue(`"${token}" is no number`);
    }
    return Number(token);
  }

  /** An integer, also where it is written as a float. */
  *integer(): Part<number> {
    return Math.trunc(yield* this.float());
  }

  /** A line or bit address, from 0. */
  *address(lines: number): Part<number> {
    const address = yield* this.integer();
    if (address < 1 || address > lines) {
      throw new BadValue(`address ${address}`);
    }
    return address - 1;
  }
}
