import { TransportError } from '../../src/errors.ts';
import { formatQuantity } from '../../src/quantity.ts';
import type { Seconds } from '../../src/units.ts';
import type { ByteStream, ByteTap } from './byte-stream.ts';
import type { Clock } from './clock.ts';
import { ReceiveBuffer } from './receive-buffer.ts';

/** Most bytes that may wait for the line to take them. */
const longestQueue = 1 << 16;

export interface StreamOptions {
  readonly clock: Clock;
  readonly tap?: ByteTap;
}

/** What all streams have in common: the receive buffer, the bounded write queue, the one end. */
export abstract class BufferedStream implements ByteStream {
  readonly name: string;
  readonly #clock: Clock;
  readonly #tap: ByteTap | undefined;
  readonly #buffer: ReceiveBuffer;
  #queued = 0;

  constructor(name: string, { clock, tap }: StreamOptions) {
    this.name = name;
    this.#clock = clock;
    this.#tap = tap;
    this.#buffer = new ReceiveBuffer(name, clock);
  }

  /** Hand bytes to the line; resolves when the line took them. */
  protected abstract send(bytes: Uint8Array): Promise<void>;

  /** Let go of the line. */
  protected abstract release(): Promise<void>;

  get waiting(): number {
    return this.#buffer.length;
  }

  get ended(): Error | null {
    return this.#buffer.ended;
  }

  async write(bytes: Uint8Array, timeout: Seconds): Promise<void> {
    if (this.ended !== null) {
      throw this.ended;
    }
    if (this.#queued + bytes.length > longestQueue) {
      throw this.#fail(
        'write-queue',
        `${this.#queued} bytes wait to be taken, ${bytes.length} more do not fit in ${longestQueue}`,
      );
    }
    this.#queued += bytes.length;
    this.#tap?.sent(bytes);
    await this.#within(timeout, this.send(bytes));
    this.#queued -= bytes.length;
  }

  read(count: number, timeout: Seconds): Promise<Uint8Array> {
    return this.#buffer.take(count, timeout);
  }

  readLine(timeout: Seconds): Promise<string> {
    return this.#buffer.takeLine(timeout);
  }

  discard(): Uint8Array {
    return this.#buffer.discard();
  }

  interrupt(reason: Error): void {
    this.#buffer.interrupt(reason);
  }

  async close(): Promise<void> {
    if (this.ended === null) {
      this.end(new TransportError('closed', `${this.name}: the connection was closed`));
      await this.release();
    }
  }

  /** Take note of bytes that have come. */
  protected receive(bytes: Uint8Array): void {
    if (this.ended !== null || bytes.length === 0) {
      return;
    }
    this.#tap?.received(bytes);
    if (!this.#buffer.push(bytes)) {
      this.#fail('receive-overflow', 'bytes come that nobody asked for, more than memory is kept for');
    }
  }

  /** End the stream: reads and writes that wait are rejected with the reason. */
  protected end(reason: Error): void {
    if (this.ended === null) {
      this.#tap?.ended(reason);
      this.#buffer.end(reason);
    }
  }

  #fail(code: string, text: string): TransportError {
    const error = new TransportError(code, `${this.name}: ${text}`);
    this.end(error);
    return error;
  }

  /** A line that does not take bytes in time has ended: what it still holds may go out at any moment. */
  #within(timeout: Seconds, sending: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(timeout, () => {
        reject(this.#fail('write-timeout', `the line took no bytes for ${formatQuantity(timeout, 'time')}`));
      });
      sending.then(resolve, reject).finally(cancel);
    });
  }
}
