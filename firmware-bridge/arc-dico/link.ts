import { ProtocolError, TransportError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import { FirstFault } from '../transport/first-fault.ts';
import { answerBytes, checkAnswer, encodeRequest, requestBytes, type DicoRequest } from './packet.ts';

/** Version of the firmware, the only one that there is. */
export const firmwareVersion = 0x0100;

/** Longest that the board takes to answer once it has a whole request, on top of the line's own pace. */
const oneByteWait: Seconds = 0.05;

const versionRequest: DicoRequest = { command: 'version', code: 0, mask: 0 };

/**
 * The conversation with a DiCo. Its requests have no beginning and no end, so that one byte lost or doubled shifts
 * all that follow: the first answer that is not exactly right ends the conversation until both sides count alike again.
 */
export class DicoLink {
  readonly #stream: ByteStream;
  readonly #answer: Seconds;
  readonly #fault = new FirstFault();
  #found = false;

  constructor(stream: ByteStream, answer: Seconds) {
    this.#stream = stream;
    this.#answer = answer;
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
   * Come to count the same bytes, and ask for the version. Zeros go out one by one until the board has a whole request;
   * if it was in the middle of one, that one is completed with zeros, so that nothing may hang on the gates meanwhile.
   *
   * @throws TransportError when nothing answers
   * @throws ProtocolError when something else does
   */
  async find(): Promise<void> {
    this.#fault.clear();
    this.#stream.discard();
    await this.#fault.guard(async () => {
      for (let sent = 0; sent < requestBytes; sent++) {
        await this.#stream.write(Uint8Array.of(0), this.#answer);
        const last = sent === requestBytes - 1;
        if (await this.#answered(last ? this.#answer : oneByteWait)) {
          break;
        }
      }
    });
    await this.fence();
    this.#found = true;
  }

  /** Give an order, and take the answer to it. */
  async tell(...requests: readonly DicoRequest[]): Promise<void> {
    for (const request of requests) {
      await this.#exchange(request, 0);
    }
  }

  /**
   * Make sure that both sides count the same bytes. A version that comes in answer to a request for it does not come
   * about when that request is taken apart in the wrong place.
   */
  fence(): Promise<void> {
    return this.#exchange(versionRequest, firmwareVersion);
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

  #exchange(request: DicoRequest, expected: number): Promise<void> {
    return this.#fault.guard(async () => {
      if (this.#stream.waiting > 0) {
        const stray = [...this.#stream.discard().subarray(0, 16)];
        throw new ProtocolError('out-of-step', `arc-dico: ${stray.length} bytes came that nobody asked for`, {
          details: { bytes: stray },
        });
      }
      await this.#stream.write(encodeRequest(request), this.#answer);
      checkAnswer(await this.#stream.read(answerBytes, this.#answer), request.command, expected);
    });
  }

  /** Whether a whole answer comes. */
  async #answered(timeout: Seconds): Promise<boolean> {
    try {
      await this.#stream.read(answerBytes, timeout);
      return true;
    } catch (error) {
      if (error instanceof TransportError && error.code === 'no-answer') {
        return false;
      }
      throw error;
    }
  }
}
