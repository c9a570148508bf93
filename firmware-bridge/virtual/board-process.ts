import type { Seconds } from '../../src/units.ts';
import type { Clock } from '../transport/clock.ts';
import type { VirtualBoard } from './virtual-board.ts';

/** What a virtual firmware may ask for. `receive` is resumed with the next byte, the others with 0. */
export type BoardStep =
  | { readonly kind: 'receive' }
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  | { readonly kind: 'spend'; readonly seconds: Seconds };

/**
 * The firmware of a virtual controller, as a generator: one statement after the other, as on a microcontroller, with
 * dialogues as plain calls.
 */
export type BoardProgram = Generator<BoardStep, never, number>;

/** The input buffer as the firmware sees it. */
export interface BoardInput {
  /** Bytes that have come and were not taken, oldest first. */
  peek(): readonly number[];
  /** Throw them away. */
  clear(): void;
}

export interface BoardProcessOptions {
  readonly clock: Clock;
  /** Bytes that the input buffer holds; what comes when it is full is lost. */
  readonly inputBytes: number;
  /** Whether the hardware's time passes; else everything is done at once. */
  readonly realTime: boolean;
  /** Time for each byte that is sent, with `realTime`. */
  readonly secondsPerByte: Seconds;
}

const receive: BoardStep = { kind: 'receive' };

/** Take one byte. */
export function* receiveByte(): Generator<BoardStep, number, number> {
  return yield receive;
}

/** Runs a virtual firmware: gives it bytes through a finite buffer and lets its time pass. */
export class BoardProcess implements VirtualBoard, BoardInput {
  readonly #options: BoardProcessOptions;
  readonly #input: number[] = [];
  readonly #program: BoardProgram;
  #send: (bytes: Uint8Array) => void = () => {};
  #step: BoardStep;
  #busy = false;
  #running = false;
  #lost = 0;

  constructor(program: (input: BoardInput) => BoardProgram, options: BoardProcessOptions) {
    this.#options = options;
    this.#program = program(this);
    this.#step = this.#program.next(0).value;
    this.#run();
  }

  /** Bytes that were lost because the input buffer was full. */
  get lostBytes(): number {
    return this.#lost;
  }

  attach(send: (bytes: Uint8Array) => void): void {
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#input.length >= this.#options.inputBytes) {
        this.#lost++;
        continue;
      }
      this.#input.push(byte);
      this.#run();
    }
  }

  peek(): readonly number[] {
    return this.#input;
  }

  clear(): void {
    this.#input.length = 0;
  }

  /** Go on until the firmware waits for a byte or for time to pass. */
  #run(): void {
    if (this.#running) {
      return;
    }
    this.#running = true;
    this.#goOn();
    this.#running = false;
  }

  #goOn(): void {
    while (!this.#busy) {
      const step = this.#step;
      if (step.kind === 'receive') {
        const byte = this.#input.shift();
        if (byte === undefined) {
          return;
        }
        this.#resume(byte);
      } else if (step.kind === 'send') {
        this.#send(step.bytes);
        this.#passTime(step.bytes.length * this.#options.secondsPerByte);
      } else {
        this.#passTime(step.seconds);
      }
    }
  }

  #passTime(seconds: Seconds): void {
    if (!this.#options.realTime || seconds === 0) {
      this.#resume(0);
      return;
    }
    this.#busy = true;
    this.#options.clock.after(seconds, () => {
      this.#busy = false;
      this.#resume(0);
      this.#run();
    });
  }

  #resume(value: number): void {
    this.#step = this.#program.next(value).value;
  }
}
