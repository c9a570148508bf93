import { ControllerError, ProtocolError } from '../../src/errors.ts';
import type { Ohms, Seconds } from '../../src/units.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import { sleep, type Clock } from '../transport/clock.ts';
import { FirstFault } from '../transport/first-fault.ts';
import { requestText, valuesText, type ArcOneRequest } from './request.ts';
import type { ArcOneSettings } from './settings.ts';
import {
  isTerminator,
  requirePlausible,
  requireResistance,
  type Triplet,
  type TripletBounds,
} from './triplet.ts';
import type { WireValue } from './wire-value.ts';

const bytesPerFloat = 4;

/** Valid at any time, and never answered. */
export const resetBytes: Uint8Array = Buffer.from('00\n');

/**
 * The conversation with the board. Its protocol has no frames, no checksum and no error replies, so whatever is not
 * exactly as expected ends the conversation: the first fault stays until the board was reset and said that it is ready.
 */
export class ArcOneLink {
  readonly settings: ArcOneSettings;
  readonly clock: Clock;
  readonly stream: ByteStream;
  readonly #scale: number;
  readonly #fault = new FirstFault();
  #request = '';

  constructor(stream: ByteStream, clock: Clock, settings: ArcOneSettings) {
    this.stream = stream;
    this.clock = clock;
    this.settings = settings;
    this.#scale = settings.session === 'external' ? 1 / 2 : 1;
  }

  /** What ended the conversation, or null. */
  get fault(): Error | null {
    return this.#fault.reason;
  }

  /**
   * Ask for a job, or for several in a row. Nothing may be left over from the one before.
   *
   * @throws ScheduleError for a token beyond the board's limits; nothing is sent then
   */
  async send(...requests: readonly ArcOneRequest[]): Promise<void> {
    const text = requests.map((request) => requestText(request, this.settings.numbers)).join('');
    this.#request = text.replaceAll('\n', '|');
    await this.#fault.guard(async () => {
      this.#requireSilence();
      await this.#write(text);
    });
  }

  /** Write tokens inside a job, where it is the host's turn. */
  async sendValues(job: string, values: readonly WireValue[]): Promise<void> {
    const text = valuesText(job, values, this.settings.numbers);
    await this.#fault.guard(() => this.#write(text));
  }

  /**
   * Read numbers, all of them or none.
   *
   * @param acting - time that the hardware takes before it answers
   */
  readFloats(count: number, acting: Seconds): Promise<number[]> {
    return this.#fault.guard(async () => {
      const bytes = await this.stream.read(count * bytesPerFloat, this.settings.timeouts.answer + acting);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return Array.from({ length: count }, (_, index) => view.getFloat32(index * bytesPerFloat, true));
    });
  }

  /** Read resistances; with an external session the board reports twice the value. */
  readResistances(count: number, acting: Seconds): Promise<Ohms[]> {
    return this.#fault.guard(async () => {
      const numbers = await this.readFloats(count, acting);
      return numbers.map((number) => {
        const ohms = number * this.#scale;
        requireResistance(ohms, this.#request);
        return ohms;
      });
    });
  }

  /**
   * Read the resistances that end an answer: after them nothing may come.
   *
   * @throws ProtocolError when there is more; then what was read is not believed either
   */
  async readLastResistances(count: number, acting: Seconds): Promise<Ohms[]> {
    const found = await this.readResistances(count, acting);
    await this.expectSilence();
    return found;
  }

  /** Hold the board to having said all. */
  expectSilence(): Promise<void> {
    return this.#fault.guard(async () => this.#requireSilence());
  }

  /** Read three numbers, without looking at what they say. */
  async readTriplet(acting: Seconds): Promise<Triplet> {
    const [first = Number.NaN, volts = Number.NaN, width = Number.NaN] = await this.readFloats(3, acting);
    return { ohms: first * this.#scale, volts, width };
  }

  /** Read one point of a job. */
  readPoint(bounds: TripletBounds, acting: Seconds): Promise<Triplet> {
    return this.#fault.guard(async () => this.checked(await this.readTriplet(acting), bounds));
  }

  /** Read points up to the three zeros that end them. */
  readRun(bounds: TripletBounds, mostPoints: number, acting: Seconds): Promise<Triplet[]> {
    return this.#fault.guard(async () => {
      const points: Triplet[] = [];
      for (;;) {
        const point = await this.readTriplet(acting);
        if (isTerminator(point)) {
          return points;
        }
        points.push(this.checked(point, bounds));
        if (points.length > mostPoints) {
          throw new ProtocolError(
            'endless-run',
            `arc-one: ${this.#request}: more than ${mostPoints} points came, and no end`,
            { details: { request: this.#request, mostPoints } },
          );
        }
      }
    });
  }

  /** Hold a point against what the job can have made. */
  checked(point: Triplet, bounds: TripletBounds): Triplet {
    requirePlausible(point, bounds, this.#request);
    return point;
  }

  /** Read a line that holds an integer. */
  readInteger(timeout: Seconds = this.settings.timeouts.answer): Promise<number> {
    return this.#fault.guard(async () => {
      const text = await this.stream.readLine(timeout);
      if (!/^[+-]?\d{1,9}$/u.test(text.trim())) {
        throw new ProtocolError(
          'not-integer',
          `arc-one: ${this.#request}: expected an integer, found "${text}"`,
          {
            hint: 'Is this an ArC ONE?',
            details: { request: this.#request, found: text },
          },
        );
      }
      return Number(text);
    });
  }

  /** Read raw bytes. */
  readBytes(count: number, timeout: Seconds): Promise<Uint8Array> {
    return this.#fault.guard(() => this.stream.read(count, timeout));
  }

  /** Say that the board did what it must not. */
  refuse(code: string, message: string, details: Readonly<Record<string, unknown>> = {}): never {
    const error = new ControllerError(code, `arc-one: ${message}`, {
      details: { request: this.#request, ...details },
    });
    this.#fault.set(error);
    throw error;
  }

  /** End the conversation from outside: whoever waits for an answer gets this error. */
  interrupt(reason: Error): void {
    this.#fault.set(reason);
    this.stream.interrupt(reason);
  }

  /** Ask the board to reset, and do not wait for it; the conversation is over. */
  async requestReset(): Promise<void> {
    this.interrupt(new ControllerError('reset', 'arc-one: the board was reset'));
    await this.stream.write(resetBytes, this.settings.timeouts.answer);
  }

  /** Long requests go out in pieces, cut after a token, so that the board's input buffer can keep up. */
  async #write(text: string): Promise<void> {
    const { bytes, rest } = this.settings.pace;
    for (let from = 0; from < text.length;) {
      if (from > 0) {
        await sleep(this.clock, rest);
        this.#fault.requireNone();
      }
      const cut = from + bytes >= text.length ? text.length : text.lastIndexOf('\n', from + bytes) + 1;
      const end = cut > from ? cut : text.length;
      await this.stream.write(Buffer.from(text.slice(from, end), 'latin1'), this.settings.timeouts.answer);
      from = end;
    }
  }

  #requireSilence(): void {
    if (this.stream.waiting > 0) {
      const stray = this.stream.discard();
      throw new ProtocolError('stray-bytes', `arc-one: ${stray.length} bytes came that nobody asked for`, {
        hint: 'Bytes were doubled on the line, or an answer is longer than known. Nothing is read from them.',
        details: { bytes: [...stray.subarray(0, 64)], request: this.#request },
      });
    }
  }
}
