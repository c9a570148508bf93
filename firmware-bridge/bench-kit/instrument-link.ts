import { ControllerError, ProtocolError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import { sleep, type Clock } from '../transport/clock.ts';
import { FirstFault } from '../transport/first-fault.ts';

/** Most lines that are left over before the answer to the question who is there. */
const mostLeftovers = 16;

export interface LinkOptions {
  /** How to call the instrument in an error. */
  readonly name: string;
  readonly clock: Clock;
  /** For an answer, beside the time that the act takes. */
  readonly answer: Seconds;
  /** What drops whatever the instrument is still doing and sending. */
  readonly abort: string;
}

/** Drops what an instrument that speaks SCPI is still sending over RS-232. */
export const scpiAbort = '\u0003';

/** Ends the script that an instrument is running. */
export const scriptAbort = 'abort\n';

/**
 * The conversation with an instrument: one line out, and after a question one line back. The first fault ends it
 * until the instrument was found again.
 */
export class InstrumentLink {
  readonly name: string;
  readonly clock: Clock;
  readonly #stream: ByteStream;
  readonly #answer: Seconds;
  readonly #abort: string;
  readonly #fault = new FirstFault();
  #found = false;

  constructor(stream: ByteStream, { name, clock, answer, abort }: LinkOptions) {
    this.name = name;
    this.clock = clock;
    this.#stream = stream;
    this.#answer = answer;
    this.#abort = abort;
  }

  /** What ended the conversation, or null. */
  get fault(): Error | null {
    return this.#fault.reason;
  }

  /** Whether it has said who it is. */
  get found(): boolean {
    return this.#found;
  }

  /**
   * Find out who is there, past whatever it may still be saying. Changes nothing.
   *
   * @param maker - what the answer must hold
   * @param busy - time that it may still take for what it was told before
   * @throws TransportError when nothing answers
   * @throws ProtocolError when something else does
   */
  async find(maker: RegExp, busy: Seconds): Promise<string> {
    if (this.#found) {
      await this.#stream.write(Buffer.from(this.#abort, 'latin1'), this.#answer);
      await sleep(this.clock, this.#answer / 10);
    }
    this.#fault.clear();
    this.#stream.discard();
    return this.#fault.guard(async () => {
      await this.#write('*IDN?');
      const deadline = this.clock.now() + this.#answer + busy;
      for (let line = 0; line < mostLeftovers; line++) {
        const text = await this.#stream.readLine(Math.max(0, deadline - this.clock.now()));
        if (maker.test(text)) {
          this.#found = true;
          return text;
        }
        if (!this.#found) {
          throw this.#unexpected('*IDN?', text, String(maker));
        }
      }
      throw this.#unexpected('*IDN?', 'other lines', String(maker));
    });
  }

  /** Give an order, or several. */
  tell(...commands: readonly string[]): Promise<void> {
    return this.#fault.guard(async () => {
      for (const command of commands) {
        this.#requireSilence(command);
        await this.#write(command);
      }
    });
  }

  /**
   * Ask a question.
   *
   * @param acting - time that the hardware takes before it answers
   */
  ask(question: string, acting: Seconds = 0): Promise<string> {
    return this.#fault.guard(async () => {
      this.#requireSilence(question);
      await this.#write(question);
      return (await this.#stream.readLine(this.#answer + acting)).trim();
    });
  }

  /**
   * Ask for numbers, separated by commas or blanks.
   *
   * @throws ProtocolError unless so many come
   */
  async askNumbers(question: string, count: number, acting: Seconds = 0): Promise<number[]> {
    const text = await this.ask(question, acting);
    return this.#fault.guard(async () => {
      const parts = text.split(/[\s,]+/u);
      if (
        parts.length !== count ||
        !parts.every((part) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?$/u.test(part))
      ) {
        throw this.#unexpected(question, text, `${count} numbers`);
      }
      return parts.map(Number);
    });
  }

  /**
   * Compare what a setting is with what it was set to: an instrument that ignores a setting keeps its own.
   *
   * @throws ControllerError when they differ
   */
  async requireSetting(
    question: string,
    expected: number,
    accepted: (found: number) => boolean,
  ): Promise<void> {
    const [found = Number.NaN] = await this.askNumbers(question, 1);
    if (!accepted(found)) {
      throw this.refuse('settings-differ', `${question} is ${found}, it was set to ${expected}`, {
        hint: 'The instrument did not take the setting; nothing is armed.',
        details: { question, found, expected },
      });
    }
  }

  /** Say that the instrument did what it must not, which ends the conversation. */
  refuse(
    code: string,
    message: string,
    context: ConstructorParameters<typeof ControllerError>[2] = {},
  ): ControllerError {
    const error = new ControllerError(code, `${this.name}: ${message}`, context);
    this.#fault.set(error);
    return error;
  }

  /** End the conversation from outside: whoever waits for an answer gets this error. */
  interrupt(reason: Error): void {
    this.#fault.set(reason);
    this.#stream.interrupt(reason);
  }

  close(): Promise<void> {
    this.#found = false;
    return this.#stream.close();
  }

  #write(text: string): Promise<void> {
    return this.#stream.write(Buffer.from(`${text}\n`, 'latin1'), this.#answer);
  }

  #requireSilence(command: string): void {
    if (this.#stream.waiting > 0) {
      const stray = Buffer.from(this.#stream.discard()).toString('latin1').trim();
      throw this.#unexpected(command, stray.slice(0, 80), 'silence before it');
    }
  }

  #unexpected(command: string, found: string, expected: string): ProtocolError {
    return new ProtocolError(
      'unexpected',
      `${this.name}: ${command}: found "${found}", expected ${expected}`,
      {
        details: { command, found, expected },
      },
    );
  }
}

/** A number as every instrument reads it. */
export function numberText(value: number): string {
  return value.toExponential();
}

/** Whether two numbers are the same to the digits that an instrument keeps of a setting. */
export function nearly(expected: number, digits = 1e-3): (found: number) => boolean {
  return (found) => Math.abs(found - expected) <= digits * Math.abs(expected);
}

/** Whether a range is one that holds a value, and not one far above it. */
export function rangeFor(value: number): (found: number) => boolean {
  return (found) => found >= value * (1 - 1e-9) && found <= 11 * value;
}
