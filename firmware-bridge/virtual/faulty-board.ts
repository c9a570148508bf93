import type { Clock } from '../transport/clock.ts';
import { FaultLine, noLineFaults, type LineFaults } from '../transport/fault-line.ts';
import type { VirtualBoard } from './virtual-board.ts';

export interface BoardFaults {
  readonly toBoard?: LineFaults;
  readonly toHost?: LineFaults;
}

/** A virtual board behind a bad line; the same seed damages the same bytes. */
export class FaultyBoard implements VirtualBoard {
  readonly #board: VirtualBoard;
  readonly #toBoard: FaultLine;
  readonly #toHost: FaultLine;
  #send: (bytes: Uint8Array) => void = () => {};

  constructor(board: VirtualBoard, { toBoard, toHost }: BoardFaults, seed: number, clock: Clock) {
    this.#board = board;
    this.#toBoard = new FaultLine(toBoard ?? noLineFaults, seed, 'to-board', clock, (bytes) =>
      this.#board.receive(bytes),
    );
    this.#toHost = new FaultLine(toHost ?? noLineFaults, seed, 'to-host', clock, (bytes) =>
      this.#send(bytes),
    );
    board.attach((bytes) => this.#toHost.pass(bytes));
  }

  receive(bytes: Uint8Array): void {
    this.#toBoard.pass(bytes);
  }

  attach(send: (bytes: Uint8Array) => void): void {
    this.#send = send;
  }
}
