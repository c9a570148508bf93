import type { ByteStream } from '../../firmware-bridge/transport/byte-stream.ts';

/** One point as a host gets it. */
export interface HostPoint {
  readonly ohms: number;
  readonly volts: number;
  readonly width: number;
}

/** How a host finds the end of a run: the three ways that the known programs have. */
export type EndTest = 'all-zero' | 'all-truncate-to-zero' | 'resistance-truncates-to-zero';

const wait = 5;

/**
 * A host of ArC ONE that shares no code with the driver: it writes tokens as text, reads floats, and knows of the
 * board only what the two public host programs do.
 */
export class ThirdPartyHost {
  readonly #stream: ByteStream;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** Tokens with `|` for the end of a line. */
  async say(tokens: string): Promise<void> {
    await this.#stream.write(Buffer.from(tokens.replaceAll('|', '\n')), wait);
  }

  async floats(count: number): Promise<number[]> {
    const bytes = Buffer.from(await this.#stream.read(4 * count, wait));
    return Array.from({ length: count }, (_, index) => bytes.readFloatLE(4 * index));
  }

  async words(count: number): Promise<number[]> {
    const bytes = Buffer.from(await this.#stream.read(2 * count, wait));
    return Array.from({ length: count }, (_, index) => bytes.readUInt16LE(2 * index));
  }

  line(): Promise<string> {
    return this.#stream.readLine(wait);
  }

  async point(): Promise<HostPoint> {
    const [ohms = Number.NaN, volts = Number.NaN, width = Number.NaN] = await this.floats(3);
    return { ohms, volts, width };
  }

  /** Points up to the end of a run, the end left out. */
  async run(end: EndTest, most = 10_000): Promise<HostPoint[]> {
    const points: HostPoint[] = [];
    while (points.length < most) {
      const point = await this.point();
      if (isEnd(point, end)) {
        return points;
      }
      points.push(point);
    }
    throw new Error(`no end after ${most} points`);
  }

  /** Whether the board is where the host believes it: it answers one read with one number and nothing else. */
  async inStep(): Promise<boolean> {
    await this.say('1|3|7|');
    const [ohms = 0] = await this.floats(1);
    await new Promise((resolve) => setTimeout(resolve, 2));
    return ohms >= 1 && ohms < 1e9 && this.#stream.waiting === 0;
  }

  /** Nothing came that was not asked for. */
  silent(): boolean {
    return this.#stream.waiting === 0;
  }
}

function isEnd({ ohms, volts, width }: HostPoint, end: EndTest): boolean {
  switch (end) {
    case 'all-zero':
      return ohms === 0 && volts === 0 && width === 0;
    case 'all-truncate-to-zero':
      return Math.trunc(ohms) === 0 && Math.trunc(volts) === 0 && Math.trunc(width) === 0;
    case 'resistance-truncates-to-zero':
      return Math.trunc(ohms) <= 0;
  }
}
