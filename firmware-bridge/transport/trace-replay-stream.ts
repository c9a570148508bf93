import { ReplayError, TransportError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';
import type { ByteStream } from './byte-stream.ts';
import type { ByteTrace } from './byte-trace.ts';
import { ReceiveBuffer } from './receive-buffer.ts';
import { VirtualClock } from './virtual-clock.ts';

/**
 * A line that answers from a trace. What is written must be what was written then, byte for byte; what was received
 * then is received again, without waiting. Where the recorded board stayed silent, reads fail at once as they failed
 * then after their deadline.
 */
export class TraceReplayStream implements ByteStream {
  readonly name: string;
  readonly #trace: ByteTrace;
  readonly #buffer: ReceiveBuffer;
  readonly #clock = new VirtualClock();
  #position = 0;
  /** Bytes of the current entry that were matched. */
  #matched = 0;

  constructor(trace: ByteTrace) {
    this.name = `trace of ${trace.port}`;
    this.#trace = trace;
    this.#buffer = new ReceiveBuffer(this.name, this.#clock);
    this.#deliver();
  }

  get waiting(): number {
    return this.#buffer.length;
  }

  get ended(): Error | null {
    return this.#buffer.ended;
  }

  /** Number of entries that were not used. */
  get remaining(): number {
    return this.#trace.entries.length - this.#position;
  }

  /** @throws ReplayError at the first byte that differs from the trace */
  async write(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes) {
      this.#match(byte);
    }
  }

  read(count: number, timeout: Seconds): Promise<Uint8Array> {
    return this.#clock.run(this.#buffer.take(count, timeout));
  }

  readLine(timeout: Seconds): Promise<string> {
    return this.#clock.run(this.#buffer.takeLine(timeout));
  }

  discard(): Uint8Array {
    return this.#buffer.discard();
  }

  interrupt(reason: Error): void {
    this.#buffer.interrupt(reason);
  }

  async close(): Promise<void> {
    this.#buffer.end(new TransportError('closed', `${this.name}: the connection was closed`));
  }

  #match(byte: number): void {
    if (this.ended !== null) {
      throw this.ended;
    }
    const entry = this.#trace.entries[this.#position];
    const expected = entry !== undefined && 'bytes' in entry ? entry.bytes[this.#matched] : undefined;
    if (byte !== expected) {
      throw new ReplayError(
        'trace-divergence',
        `${this.name}: wrote ${shown(byte)} at entry ${this.#position}, the trace has ${
          expected === undefined ? 'ended' : shown(expected)
        }`,
        {
          details: { entry: this.#position, offset: this.#matched, found: byte, expected: expected ?? null },
        },
      );
    }
    this.#matched++;
    if (entry !== undefined && 'bytes' in entry && this.#matched === entry.bytes.length) {
      this.#position++;
      this.#matched = 0;
      this.#deliver();
    }
  }

  /** Let everything come in that came before the next write. */
  #deliver(): void {
    for (; this.#position < this.#trace.entries.length; this.#position++) {
      const entry = this.#trace.entries[this.#position]!;
      if ('ended' in entry) {
        this.#buffer.end(new TransportError('unplugged', `${this.name}: ${entry.ended}`));
      } else if (entry.to === 'host') {
        this.#buffer.push(entry.bytes);
      } else {
        return;
      }
    }
  }
}

function shown(byte: number): string {
  const text = byte > 0x20 && byte < 0x7f ? ` "${String.fromCharCode(byte)}"` : '';
  return `byte 0x${byte.toString(16).padStart(2, '0')}${text}`;
}
