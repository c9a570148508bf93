import { RandomStream } from '../../src/random.ts';
import type { Seconds } from '../../src/units.ts';
import type { Clock } from './clock.ts';

/** How often a byte suffers what, as probabilities. */
export interface LineFaults {
  /** The byte is lost. */
  readonly drop: number;
  /** The byte comes twice. */
  readonly duplicate: number;
  /** One of its bits is flipped. */
  readonly flip: number;
  /** It, and all that follows, is held up for a time drawn from 0 to `longestDelay`. */
  readonly delay: number;
  readonly longestDelay: Seconds;
}

export const noLineFaults: LineFaults = { drop: 0, duplicate: 0, flip: 0, delay: 0, longestDelay: 0 };

/**
 * One direction of a bad line. What happens to byte n is a function of the seed, the direction and n, whatever the
 * pieces in which the bytes come.
 */
export class FaultLine {
  readonly #faults: LineFaults;
  readonly #random: RandomStream;
  readonly #clock: Clock;
  readonly #deliver: (bytes: Uint8Array) => void;
  #count = 0;
  #heldUntil: Seconds = 0;
  /** Bytes that are held up, oldest first. */
  readonly #held: Uint8Array[] = [];

  /** @param direction - names the random stream */
  constructor(
    faults: LineFaults,
    seed: number,
    direction: 'to-board' | 'to-host',
    clock: Clock,
    deliver: (bytes: Uint8Array) => void,
  ) {
    this.#faults = faults;
    this.#random = new RandomStream(seed, `line-faults/${direction}`);
    this.#clock = clock;
    this.#deliver = deliver;
  }

  pass(bytes: Uint8Array): void {
    let piece: number[] = [];
    for (const byte of bytes) {
      const at = this.#count++;
      if (this.#happens(this.#faults.delay, at, 3)) {
        this.#emit(piece);
        piece = [];
        const delay = this.#random.uniform(4, at) * this.#faults.longestDelay;
        this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now()) + delay;
      }
      if (this.#happens(this.#faults.drop, at, 0)) {
        continue;
      }
      const flipped = this.#happens(this.#faults.flip, at, 2) ? 1 << this.#random.integer(8, 5, at) : 0;
      piece.push(byte ^ flipped);
      if (this.#happens(this.#faults.duplicate, at, 1)) {
        piece.push(byte ^ flipped);
      }
    }
    this.#emit(piece);
  }

  #happens(probability: number, at: number, kind: number): boolean {
    return probability > 0 && this.#random.uniform(kind, at) < probability;
  }

  #emit(piece: readonly number[]): void {
    if (piece.length === 0) {
      return;
    }
    const bytes = Uint8Array.from(piece);
    const hold = Math.max(0, this.#heldUntil - this.#clock.now());
    if (hold === 0 && this.#held.length === 0) {
      this.#deliver(bytes);
      return;
    }
    // Whichever timer comes first lets the oldest go: a line does not change the order of bytes.
    this.#held.push(bytes);
    this.#clock.after(hold, () => this.#deliver(this.#held.shift()!));
  }
}
