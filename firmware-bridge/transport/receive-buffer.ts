import { ProtocolError, TransportError } from '../../src/errors.ts';
import { formatQuantity } from '../../src/quantity.ts';
import type { Seconds } from '../../src/units.ts';
import type { Clock } from './clock.ts';

/** More than any answer; a board that babbles does not fill the memory. */
const capacity = 1 << 20;

/** Longest accepted line of text, in bytes. */
const longestLine = 256;

const newline = 0x0a;

interface Reader {
  /** What the reader wants, when it is there. */
  readonly take: () => boolean;
  readonly reject: (reason: Error) => void;
  readonly cancelTimer: () => void;
}

/** What has come from a line and was not read yet, with one reader at a time that may wait for more. */
export class ReceiveBuffer {
  readonly #name: string;
  readonly #clock: Clock;
  #bytes = new Uint8Array(256);
  #start = 0;
  #end = 0;
  #reader: Reader | null = null;
  #ended: Error | null = null;

  constructor(name: string, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  get ended(): Error | null {
    return this.#ended;
  }

  /** Add what has come; false when there is no room for it. */
  push(bytes: Uint8Array): boolean {
    if (this.length + bytes.length > capacity) {
      return false;
    }
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
    this.#serve();
    return true;
  }

  /** Take exactly so many bytes; see `ByteStream.read`. */
  take(count: number, timeout: Seconds): Promise<Uint8Array> {
    return this.#wait(timeout, `${count} bytes`, () => (this.length < count ? undefined : this.#cut(count)));
  }

  /** Take one line; see `ByteStream.readLine`. */
  takeLine(timeout: Seconds): Promise<string> {
    return this.#wait(timeout, 'a line of text', () => this.#line());
  }

  discard(): Uint8Array {
    return this.#cut(this.length);
  }

  interrupt(reason: Error): void {
    const reader = this.#release();
    reader?.reject(reason);
  }

  /** Nothing more will come. What has come can still be read. */
  end(reason: Error): void {
    this.#ended ??= reason;
    this.interrupt(this.#ended);
  }

  #wait<Result>(timeout: Seconds, what: string, find: () => Result | undefined): Promise<Result> {
    return new Promise((resolve, reject) => {
      const take = (): boolean => {
        const found = find();
        if (found === undefined) {
          return false;
        }
        resolve(found);
        return true;
      };
      if (this.#reader !== null) {
        throw new TransportError('two-readers', `${this.#name}: two reads at a time`);
      }
      if (take()) {
        return;
      }
      if (this.#ended !== null) {
        throw this.#ended;
      }
      const expire = (): void => this.interrupt(this.#late(what, timeout));
      this.#reader = { take, reject, cancelTimer: this.#clock.after(timeout, expire) };
    });
  }

  #serve(): void {
    const reader = this.#reader;
    if (reader === null) {
      return;
    }
    try {
      if (reader.take()) {
        this.#release();
      }
    } catch (error) {
      this.#release();
      reader.reject(error as Error);
    }
  }

  #release(): Reader | null {
    const reader = this.#reader;
    this.#reader = null;
    reader?.cancelTimer();
    return reader;
  }

  #late(what: string, timeout: Seconds): TransportError {
    const came = [...this.#bytes.subarray(this.#start, Math.min(this.#end, this.#start + 64))];
    return new TransportError(
      'no-answer',
      `${this.#name}: waited ${formatQuantity(timeout, 'time')} for ${what}, ${this.length} bytes came`,
      {
        hint: 'Is the right port named, the board powered, and no other program talking to it?',
        details: { timeout, expected: what, received: this.length, bytes: came },
      },
    );
  }

  #line(): string | undefined {
    const at = this.#bytes.subarray(this.#start, this.#end).indexOf(newline);
    if (at < 0 && this.length <= longestLine) {
      return undefined;
    }
    const bytes = this.#cut(at < 0 ? longestLine : at + 1);
    const text = String.fromCharCode(...bytes).replace(/\r?\n$/u, '');
    if (at < 0 || at > longestLine || !/^[\t\x20-\x7e]*$/u.test(text)) {
      throw new ProtocolError(
        'not-text',
        `${this.#name}: expected a line of text, found ${bytes.length} bytes`,
        {
          details: { bytes: [...bytes] },
        },
      );
    }
    return text;
  }

  #cut(count: number): Uint8Array {
    const bytes = this.#bytes.slice(this.#start, this.#start + count);
    this.#start += count;
    if (this.#start === this.#end) {
      this.#start = 0;
      this.#end = 0;
    }
    return bytes;
  }

  #makeRoom(count: number): void {
    if (this.#end + count <= this.#bytes.length) {
      return;
    }
    const wanted = this.length + count;
    const room = wanted <= this.#bytes.length ? this.#bytes : new Uint8Array(2 * wanted);
    room.set(this.#bytes.subarray(this.#start, this.#end));
    this.#bytes = room;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
