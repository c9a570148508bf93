import { sleep } from '../transport/clock.ts';
import { channelList } from './crosspoint.ts';
import type { InstrumentLink } from './instrument-link.ts';
import type { MatrixSettings } from './settings.ts';

const maker = /KEITHLEY.*MODEL 27(?:00|01|50)/iu;

/** Card that the drivers know the numbering of. */
const card = '7709';

/**
 * A Keithley 2700 or 2750 with 7709 cards, over RS-232: relays between instruments on rows and array lines on columns.
 * Whoever moves them first makes sure that nothing is on the rows.
 */
export class RelayMatrix {
  readonly #link: InstrumentLink;
  readonly #settings: MatrixSettings;
  #closed: ReadonlySet<number> | null = null;

  constructor(link: InstrumentLink, settings: MatrixSettings) {
    this.#link = link;
    this.#settings = settings;
  }

  /** Find out that the right instrument is there, with its cards. Changes nothing. */
  async find(): Promise<void> {
    await this.#link.find(maker, 0);
    const cards = (await this.#link.ask('*OPT?')).split(',');
    for (const slot of this.#settings.slots) {
      const found = cards[slot - 1]?.trim() ?? 'nothing';
      if (found !== card) {
        throw this.#link.refuse('wrong-card', `slot ${slot} holds ${found}, expected a ${card}`, {
          details: { slot, found, expected: card },
        });
      }
    }
  }

  /** Whether exactly these relays are known to be closed. */
  holds(wanted: ReadonlySet<number>): boolean {
    return this.#closed !== null && sameSet(this.#closed, wanted);
  }

  /**
   * Let exactly these relays be closed: what must go is opened first.
   *
   * @throws ControllerError when the instrument says that others are
   */
  async connect(wanted: ReadonlySet<number>): Promise<void> {
    const before = this.#closed ?? (await this.#ask());
    this.#closed = null;
    const opening = [...before].filter((channel) => !wanted.has(channel));
    const closing = [...wanted].filter((channel) => !before.has(channel));
    if (opening.length > 0) {
      await this.#move(`:ROUT:MULT:OPEN ${channelList(opening)}`);
      await this.#require(new Set([...before].filter((channel) => wanted.has(channel))));
    }
    if (closing.length > 0) {
      await this.#move(`:ROUT:MULT:CLOS ${channelList(closing)}`);
    }
    await this.#require(wanted);
    this.#closed = wanted;
  }

  /** Open all relays, from any state, and make sure of it. An instrument that was never found is left alone. */
  async open(): Promise<void> {
    const link = this.#link;
    if (!link.found) {
      return;
    }
    if (link.fault !== null) {
      await link.find(maker, 0);
    }
    this.#closed = null;
    await this.#move(':ROUT:OPEN:ALL');
    await this.#require(new Set());
    this.#closed = new Set();
  }

  interrupt(reason: Error): void {
    this.#link.interrupt(reason);
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  async #move(command: string): Promise<void> {
    const { settle } = this.#settings;
    await this.#link.tell(command);
    await this.#link.requireSetting('*OPC?', 1, (found) => found === 1);
    await sleep(this.#link.clock, settle);
  }

  async #require(expected: ReadonlySet<number>): Promise<void> {
    const found = await this.#ask();
    if (!sameSet(found, expected)) {
      throw this.#link.refuse(
        'relays-differ',
        `${channelList(found)} are closed, expected ${channelList(expected)}`,
        { details: { found: [...found], expected: [...expected] } },
      );
    }
  }

  async #ask(): Promise<ReadonlySet<number>> {
    const text = await this.#link.ask(':ROUT:MULT:CLOS?');
    const inside = /^\(@([\d,\s]*)\)$/u.exec(text)?.[1];
    if (inside === undefined) {
      throw this.#link.refuse(
        'relays-unknown',
        `:ROUT:MULT:CLOS?: found "${text}", expected a list of channels`,
      );
    }
    return new Set(
      inside
        .split(',')
        .filter((part) => part.trim() !== '')
        .map(Number),
    );
  }
}

function sameSet(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((member) => other.has(member));
}
