import { channelList, columnsPerCard } from './crosspoint.ts';
import { scpiHeader } from './scpi-header.ts';
import type { LineAnswer } from './virtual-lines.ts';

/** Relays of one card that connect a row with a column; the two beyond them lead to the backplane. */
const rows = 6;
const crosspoints = rows * columnsPerCard;

const mainframeSlots = 5;

/** A Keithley 2750 with 7709 cards, line by line. */
export class VirtualMatrix {
  readonly #slots: readonly number[];
  readonly #moved: (closed: ReadonlySet<number>) => void;
  #closed = new Set<number>();
  #errors: string[] = [];

  /**
   * @param slots - that hold a card
   * @param moved - told of every move of relays
   */
  constructor(slots: readonly number[], moved: (closed: ReadonlySet<number>) => void) {
    this.#slots = slots;
    this.#moved = moved;
  }

  answer(line: string): LineAnswer {
    const [header = '', ...rest] = line.split(/\s+/u);
    const argument = rest.join('');
    for (const [pattern, act] of this.#commands) {
      if (pattern.test(header)) {
        return act(argument) ?? {};
      }
    }
    if (header !== '') {
      this.#errors.push('-113,"Undefined header"');
    }
    return {};
  }

  readonly #commands: readonly (readonly [RegExp, (argument: string) => LineAnswer | void])[] = [
    [scpiHeader('*IDN?'), () => ({ text: 'KEITHLEY INSTRUMENTS INC.,MODEL 2750,1234567,A09  /A02' })],
    [scpiHeader('*OPT?'), () => ({ text: this.#cards() })],
    [scpiHeader('*OPC?'), () => ({ text: '1' })],
    [scpiHeader('*RST'), () => this.#move(new Set())],
    [scpiHeader('SYSTem:ERRor?'), () => ({ text: this.#errors.shift() ?? '0,"No error"' })],
    [scpiHeader('ROUTe:OPEN:ALL'), () => this.#move(new Set())],
    [scpiHeader('ROUTe:MULTiple:CLOSe?'), () => ({ text: channelList(this.#closed) })],
    [
      scpiHeader('ROUTe:MULTiple:CLOSe'),
      (text) => this.#change(text, (channel) => this.#closed.add(channel)),
    ],
    [
      scpiHeader('ROUTe:MULTiple:OPEN'),
      (text) => this.#change(text, (channel) => this.#closed.delete(channel)),
    ],
  ];

  #cards(): string {
    return Array.from({ length: mainframeSlots }, (_, slot) =>
      this.#slots.includes(slot + 1) ? '7709' : 'NONE',
    ).join(',');
  }

  #change(list: string, act: (channel: number) => void): void {
    const inside = /^\(@([\d,]+)\)$/u.exec(list)?.[1];
    const channels = (inside ?? '').split(',').map(Number);
    if (inside === undefined || !channels.every((channel) => this.#exists(channel))) {
      this.#errors.push('-222,"Parameter data out of range"');
      return;
    }
    channels.forEach(act);
    this.#moved(this.#closed);
  }

  #move(closed: Set<number>): void {
    this.#closed = closed;
    this.#moved(closed);
  }

  #exists(channel: number): boolean {
    const onCard = channel % 100;
    return this.#slots.includes(Math.floor(channel / 100)) && onCard >= 1 && onCard <= crosspoints;
  }
}
