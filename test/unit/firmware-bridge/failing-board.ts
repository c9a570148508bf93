import { RandomStream } from '../../../src/random.ts';
import type { Seconds } from '../../../src/units.ts';
import type { Clock } from '../../../firmware-bridge/transport/clock.ts';
import type { VirtualBoard } from '../../../firmware-bridge/virtual/virtual-board.ts';

export const failures = ['hung', 'half-answering', 'babbling', 'unplugged'] as const;

export type Failure = (typeof failures)[number];

/** Most bursts of a board that babbles on its own: a test must end. */
const mostBursts = 400;

/** A board that works until a number of bytes has passed, and then fails in one way, for good. */
export class FailingBoard implements VirtualBoard {
  readonly requests: string[] = [];
  failedAt: Seconds | null = null;
  onUnplug: () => void = () => {};
  readonly #board: VirtualBoard;
  readonly #failure: Failure;
  readonly #clock: Clock;
  readonly #random: RandomStream;
  #left: number;
  #bursts = 0;
  #send: (bytes: Uint8Array) => void = () => {};

  /** @param after - bytes that still pass: to the board for `hung`, to the host for the others */
  constructor(board: VirtualBoard, failure: Failure, after: number, seed: number, clock: Clock) {
    this.#board = board;
    this.#failure = failure;
    this.#left = after;
    this.#clock = clock;
    this.#random = new RandomStream(seed, 'failing-board');
    board.attach((bytes) => this.#answer(bytes));
  }

  attach(send: (bytes: Uint8Array) => void): void {
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    this.requests.push(Buffer.from(bytes).toString());
    if (this.#failure === 'hung') {
      const passing = bytes.subarray(0, this.#left);
      this.#left -= passing.length;
      if (passing.length > 0) {
        this.#board.receive(passing);
      }
      this.#fail(this.#left === 0);
    } else if (this.failedAt === null) {
      this.#board.receive(bytes);
    } else if (this.#failure === 'babbling') {
      this.#babble();
    }
  }

  #answer(bytes: Uint8Array): void {
    const passing = this.#failure === 'hung' ? bytes : bytes.subarray(0, Math.max(0, this.#left));
    this.#left -= this.#failure === 'hung' ? 0 : bytes.length;
    if (passing.length > 0) {
      this.#send(passing);
    }
    if (this.#failure !== 'hung' && this.#left <= 0 && this.failedAt === null) {
      this.#fail(true);
      if (this.#failure === 'unplugged') {
        this.onUnplug();
      }
      if (this.#failure === 'babbling') {
        this.#babble();
        this.#babbleOn();
      }
    }
  }

  #fail(now: boolean): void {
    if (now) {
      this.failedAt ??= this.#clock.now();
    }
  }

  #babble(): void {
    const burst = this.#bursts++;
    const length = 1 + this.#random.integer(64, 0, burst);
    this.#send(Uint8Array.from({ length }, (_, index) => this.#random.integer(256, 1 + index, burst)));
  }

  #babbleOn(): void {
    if (this.#bursts < mostBursts) {
      this.#clock.after(0.05, () => {
        this.#babble();
        this.#babbleOn();
      });
    }
  }
}
