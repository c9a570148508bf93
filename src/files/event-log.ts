import { appendFileSync, closeSync, createReadStream, fsyncSync, openSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import type { RunEvent } from '../run/run-record.ts';
import { fieldName } from '../schedule/schema-issue.ts';
import { errorText, fileError } from './file-error.ts';
import { eventSchema } from './run-schemas.ts';
import { restateIssues } from './restate-issues.ts';
import { stableJson } from './stable-json.ts';

/** Longest accepted line, so that one operation can neither exhaust memory nor overflow a string. */
const maxLineBytes = 1 << 28;

/**
 * The append-only stream of run events, one JSON document a line. A line is with the operating system when
 * `append` returns: nothing waits in the process to be lost with it, and a failing disk is known before the next
 * operation begins.
 */
export class EventWriter {
  readonly #path: string;
  #file: number | undefined;

  /**
   * @param flags - how the file is opened: a new one, or with `a` also one that is there
   * @throws ConfigError when the file exists or cannot be made
   */
  constructor(path: string, flags: 'ax' | 'a' = 'ax') {
    this.#path = path;
    this.#file = this.#attempt('cannot be created', () => openSync(path, flags));
  }

  /**
   * Write one event.
   *
   * @throws ScheduleError when the event is not plain finite data
   * @throws ConfigError when the disk does not take it
   */
  append(event: RunEvent): void {
    const line = Buffer.from(`${stableJson(event, this.#path)}\n`);
    if (line.length > maxLineBytes) {
      throw lineLengthError(this.#path, line.length);
    }
    const file = this.#opened();
    this.#attempt('cannot be written', () => appendFileSync(file, line));
  }

  /**
   * Wait until everything written is on the disk itself.
   *
   * @throws ConfigError when the disk does not confirm it
   */
  flush(): void {
    const file = this.#opened();
    this.#attempt('cannot be flushed', () => fsyncSync(file));
  }

  /**
   * Flush and close. Calling it twice is harmless.
   *
   * @throws ConfigError when the disk does not confirm what was written
   */
  close(): void {
    if (this.#file === undefined) {
      return;
    }
    const file = this.#file;
    try {
      this.flush();
    } finally {
      this.#file = undefined;
      closeSync(file);
    }
  }

  #opened(): number {
    if (this.#file === undefined) {
      throw new ConfigError('events-closed', `${this.#path}: the event stream is closed`);
    }
    return this.#file;
  }

  #attempt<Result>(failure: string, action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      throw fileError(this.#path, failure, error);
    }
  }
}

/**
 * Read the events of a run one after the other, each checked.
 *
 * @throws ConfigError naming the line that is damaged, cut off or too long
 * @example
 * for await (const event of readEvents('runs/first/events.jsonl')) console.log(event.operation);
 */
export async function* readEvents(path: string): AsyncGenerator<RunEvent, void, undefined> {
  let line = 1;
  for await (const text of readLines(path)) {
    yield parseEvent(text, `${path}:${line}`);
    line += 1;
  }
}

function parseEvent(text: string, where: string): RunEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConfigError('events', `${where}: found text that is not JSON (${errorText(error)})`, {
      cause: error,
    });
  }
  const result = eventSchema.safeParse(value);
  if (!result.success) {
    const [first] = restateIssues(result.error.issues.slice(0, 1), value);
    const found = first?.found ?? 'a line of another kind';
    const allowed = first?.allowed ?? 'a run event';
    const field = fieldName(first?.path ?? []);
    throw new ConfigError('events', `${where}: ${field}: found ${found}, expected ${allowed}`, {
      details: { field, found, allowed },
    });
  }
  return result.data;
}

async function* readLines(path: string): AsyncGenerator<string, void, undefined> {
  let pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        pieces.push(chunk.subarray(start, end));
        yield Buffer.concat(pieces).toString('utf8');
        pieces = [];
        length = 0;
        start = end + 1;
      }
      pieces.push(chunk.subarray(start));
      length += chunk.length - start;
      if (length > maxLineBytes) {
        throw lineLengthError(path, length);
      }
    }
  } catch (error) {
    throw fileError(path, 'cannot be read', error);
  }
  if (length > 0) {
    throw new ConfigError('events', `${path}: the last line is cut off; the run ended while it was written`);
  }
}

function lineLengthError(path: string, length: number): ConfigError {
  return new ConfigError(
    'events',
    `${path}: found an event of ${length} bytes or more, expected at most ${maxLineBytes} bytes`,
    { hint: 'Split the program into operations over fewer cells.', details: { path, allowed: maxLineBytes } },
  );
}
