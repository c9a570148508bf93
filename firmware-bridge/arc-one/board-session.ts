import { ControllerError, ScheduleError, TransportError } from '../../src/errors.ts';
import type { Volts } from '../../src/units.ts';
import type { BoardOptions } from '../controller.ts';
import { outputsUnknown } from '../outputs-unknown.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import type { ArcOneLink } from './link.ts';
import type { ArcOneRequest } from './request.ts';
import type { ArcOneSettings } from './settings.ts';
import {
  biasRequest,
  classicStart,
  readModeCode,
  readModeRequest,
  startBoard,
  type Conversation,
  type FirmwareVersion,
} from './start-up.ts';

/** A board that was started, with what it was told since. */
interface Started extends Conversation {
  readVolts: Volts;
  sneak: 0 | 1;
}

/** The way to the board from its first byte to its last: started, told what changes, reset, let go. */
export class BoardSession {
  readonly #options: Pick<BoardOptions, 'connect' | 'clock' | 'geometry'>;
  readonly #settings: ArcOneSettings;
  #stream: ByteStream | null = null;
  #started: Started | null = null;

  constructor(options: Pick<BoardOptions, 'connect' | 'clock' | 'geometry'>, settings: ArcOneSettings) {
    this.#options = options;
    this.#settings = settings;
  }

  /** Whether the board was started and not reset since. */
  get started(): boolean {
    return this.#started !== null;
  }

  async connect(): Promise<void> {
    this.#stream ??= await this.#options.connect();
  }

  /** Reset the board and hear that it is ready. */
  async start(): Promise<void> {
    this.#started = null;
    this.#started = { ...(await this.#startBoard()), ...classicStart };
  }

  /**
   * Tell the board what it does not know yet: the code for the other lines, and the read voltage.
   *
   * @param readVolts - null where nothing is read
   */
  async prepare(
    sneak: 0 | 1,
    readVolts: Volts | null,
  ): Promise<{ link: ArcOneLink; version: FirmwareVersion | null }> {
    const started = this.#started;
    if (started === null) {
      throw new ScheduleError('not-armed', 'arc-one: the board was reset');
    }
    const requests: ArcOneRequest[] = [];
    if (started.sneak !== sneak) {
      requests.push(biasRequest(this.#settings.cycles, sneak));
    }
    if (readVolts !== null && started.readVolts !== readVolts) {
      requests.push(readModeRequest(readModeCode(this.#settings.readMode, readVolts), readVolts));
    }
    if (requests.length > 0) {
      await started.link.send(...requests);
      started.sneak = sneak;
      started.readVolts = readVolts ?? started.readVolts;
    }
    return started;
  }

  /**
   * Reset the board, which ends whatever it is doing. After a fault, or out of an act, it must also say that it is
   * ready again: only then are the outputs known.
   *
   * @param acting - whether somebody waits for an answer
   * @throws TransportError when the board cannot be reached or does not say so
   */
  async reset(acting: boolean): Promise<void> {
    const started = this.#started;
    if (started === null) {
      return;
    }
    this.#started = null;
    const { link } = started;
    const { fault } = link;
    if (fault === null && !acting) {
      await link.requestReset();
      return;
    }
    link.interrupt(stopped());
    try {
      const { link: fresh } = await this.#startBoard();
      await fresh.requestReset();
    } catch (cause) {
      throw outputsUnknown(fault ?? cause, cause);
    }
  }

  /** Let go of the line. */
  async close(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    await stream?.close();
  }

  async #startBoard(): Promise<Conversation> {
    const { geometry, clock } = this.#options;
    if (this.#stream === null) {
      throw new TransportError('not-open', 'arc-one: not connected');
    }
    return startBoard(this.#stream, geometry, this.#settings, clock);
  }
}

/** What whoever waits for an answer gets when the board is reset meanwhile. */
export function stopped(): ControllerError {
  return new ControllerError('stopped', 'arc-one: stopped while the board was at work');
}
