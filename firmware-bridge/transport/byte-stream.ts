import type { Seconds } from '../../src/units.ts';

/**
 * A line to a controller: bytes both ways, without any meaning. Every wait has a deadline. A stream that has ended
 * stays ended; a new connection is a new stream, so that nothing which was queued for the old one can arrive late.
 */
export interface ByteStream {
  /** How to call it in an error: the port's path. */
  readonly name: string;
  /** Number of bytes that have come and were not read. */
  readonly waiting: number;
  /** Why the stream has ended, or null while it lives. */
  readonly ended: Error | null;
  /**
   * Hand bytes to the line. That the promise resolves means that the system took them, never that the other side did.
   *
   * @throws TransportError when the stream has ended, or the line takes no more within the time
   */
  write(bytes: Uint8Array, timeout: Seconds): Promise<void>;
  /**
   * Take exactly so many bytes.
   *
   * @throws TransportError when the stream ends, or the bytes do not all come within the time; those that came stay
   */
  read(count: number, timeout: Seconds): Promise<Uint8Array>;
  /**
   * Take one line of ASCII text, without its end (`\n` or `\r\n`).
   *
   * @throws TransportError as {@link read}
   * @throws ProtocolError when what comes is no line: too long, or not printable
   */
  readLine(timeout: Seconds): Promise<string>;
  /** Throw away what has come, and return it. */
  discard(): Uint8Array;
  /** Let the read that waits now, if one does, reject with this error; the stream lives on. */
  interrupt(reason: Error): void;
  /** End the stream. Calling it twice is harmless. */
  close(): Promise<void>;
}

/** Looks at everything that passes a stream. */
export interface ByteTap {
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
  ended(reason: Error): void;
}
