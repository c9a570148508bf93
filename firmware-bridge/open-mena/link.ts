import { ProtocolError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import { sleep, type Clock } from '../transport/clock.ts';
import { FirstFault } from '../transport/first-fault.ts';
import { parseAverages, requireRestEcho, unexpected } from './answer.ts';
import {
  probeAnswer,
  probeRequest,
  pulseRequest,
  readRequest,
  restRequest,
  type WirePulse,
} from './request.ts';
import type { OpenMenaSettings } from './settings.ts';
import { pulseRest, pulseTick, readSeconds, setVoltagesSeconds } from './timing.ts';

/** Most lines of boot text and leftovers before the answer to a first question. */
const mostLeftovers = 64;

/** The conversation with the board: lines of text. The first fault ends it. */
export class OpenMenaLink {
  readonly #stream: ByteStream;
  readonly #clock: Clock;
  readonly #timeouts: OpenMenaSettings['timeouts'];
  readonly #fault = new FirstFault();

  constructor(stream: ByteStream, clock: Clock, timeouts: OpenMenaSettings['timeouts']) {
    this.#stream = stream;
    this.#clock = clock;
    this.#timeouts = timeouts;
  }

  /**
   * Find out whether the board answers, past whatever text it still has to say.
   *
   * @param busy - time that it may still take for what it was told before
   * @throws TransportError when nothing answers
   * @throws ProtocolError when something else does
   */
  async find(busy: Seconds): Promise<void> {
    this.#fault.clear();
    await sleep(this.#clock, this.#timeouts.start);
    await this.#fault.guard(async () => {
      this.#stream.discard();
      await this.#write(probeRequest);
      const deadline = this.#clock.now() + this.#timeouts.answer + busy;
      for (let line = 0; line < mostLeftovers; line++) {
        const left = Math.max(0, deadline - this.#clock.now());
        if ((await this.#stream.readLine(left)) === probeAnswer) {
          return;
        }
      }
      throw new ProtocolError(
        'wrong-board',
        `open-mena: ${this.#stream.name}: something else talks on this line`,
      );
    });
  }

  /** Read all bit lines under each of some vectors of word-line codes: [vectors][bit lines], codes. */
  read(vectors: readonly (readonly number[])[]): Promise<number[][]> {
    return this.#fault.guard(async () => {
      await this.#ask(readRequest(vectors));
      await this.#expect(`Running inference for ${vectors.length} input vectors...`, 0);
      await this.#expect('INFEREMULTIPLE ADC Averages:', vectors.length * readSeconds);
      const rows: number[][] = [];
      for (const _ of vectors) {
        rows.push(parseAverages(await this.#line(0)));
      }
      await this.#expect('INFEREMULTIPLE complete.', 0);
      return rows;
    });
  }

  /** Pulse a cell. The board says nothing to this, so that it is asked a question afterwards. */
  pulse(pulse: WirePulse): Promise<void> {
    return this.#fault.guard(async () => {
      await this.#ask(pulseRequest(pulse));
      await this.#write(probeRequest);
      await this.#expect(probeAnswer, pulseRest + 2 * pulse.microseconds * pulseTick);
    });
  }

  /** Bring all converters to virtual ground, and compare what the board says to it. */
  rest(): Promise<void> {
    return this.#fault.guard(async () => {
      await this.#ask(restRequest);
      await this.#expect('Voltages updated:', setVoltagesSeconds);
      requireRestEcho(await this.#line(0));
    });
  }

  /** End the conversation from outside: whoever waits for an answer gets this error. */
  interrupt(reason: Error): void {
    this.#fault.set(reason);
    this.#stream.interrupt(reason);
  }

  /** What ended the conversation, or null. */
  get fault(): Error | null {
    return this.#fault.reason;
  }

  close(): Promise<void> {
    return this.#stream.close();
  }

  async #ask(request: string): Promise<void> {
    if (this.#stream.waiting > 0) {
      throw unexpected(await this.#stream.readLine(this.#timeouts.answer), 'silence');
    }
    await this.#write(request);
  }

  #write(request: string): Promise<void> {
    return this.#stream.write(Buffer.from(`${request}\n`, 'latin1'), this.#timeouts.answer);
  }

  async #line(acting: Seconds): Promise<string> {
    return this.#stream.readLine(this.#timeouts.answer + acting);
  }

  async #expect(text: string, acting: Seconds): Promise<void> {
    const line = await this.#line(acting);
    if (line !== text) {
      throw unexpected(line, `"${text}"`);
    }
  }
}
