import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { ConfigError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';
import type { ByteTap } from './byte-stream.ts';
import { parseTrace, traceHeader, traceLine, type ByteTrace } from './byte-trace.ts';
import type { Clock } from './clock.ts';

/** Largest trace that is read back, bytes. */
const largestTrace = 1 << 28;

/** Writes what passes a line to a file, as it passes: what a crash leaves behind is the truth up to the crash. */
export class TraceFile implements ByteTap {
  readonly #clock: Clock;
  readonly #start: Seconds;
  #file: number | null;

  private constructor(file: number, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
    this.#start = clock.now();
  }

  /**
   * Start a trace in a new file.
   *
   * @throws ConfigError when the file exists or cannot be written
   */
  static create(path: string, controller: string, port: string, clock: Clock): TraceFile {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, `${traceHeader(controller, port)}\n`);
      return new TraceFile(file, clock);
    } catch (error) {
      throw fileError(path, 'cannot be written', error);
    }
  }

  sent(bytes: Uint8Array): void {
    this.#append({ at: this.#elapsed(), to: 'board', bytes });
  }

  received(bytes: Uint8Array): void {
    this.#append({ at: this.#elapsed(), to: 'host', bytes });
  }

  /** The end of the line is the last entry. */
  ended(reason: Error): void {
    this.#append({ at: this.#elapsed(), ended: reason.message });
    if (this.#file !== null) {
      closeSync(this.#file);
      this.#file = null;
    }
  }

  #append(entry: Parameters<typeof traceLine>[0]): void {
    if (this.#file !== null) {
      writeSync(this.#file, `${traceLine(entry)}\n`);
    }
  }

  #elapsed(): Seconds {
    return Math.round((this.#clock.now() - this.#start) * 1e6) / 1e6;
  }
}

/**
 * Read a trace.
 *
 * @throws ConfigError when the file is missing, too large or not a trace
 */
export function readTraceFile(path: string): ByteTrace {
  let text: string;
  try {
    const { size } = statSync(path);
    if (size > largestTrace) {
      throw new ConfigError('file-size', `${path}: found ${size} bytes, expected at most ${largestTrace}`);
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fileError(path, 'cannot be read', error);
  }
  return parseTrace(text, path);
}

function fileError(path: string, failure: string, cause: unknown): ConfigError {
  if (cause instanceof ConfigError) {
    return cause;
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConfigError('file-access', `${path}: ${failure}: ${reason}`, { details: { path }, cause });
}
