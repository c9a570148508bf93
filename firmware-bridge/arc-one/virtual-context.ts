import type { Cell } from '../../src/array/geometry.ts';
import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import type { BoardInput } from '../virtual/board-process.ts';
import { arcOneLimits } from './limits.ts';
import { sessionCodes } from './settings.ts';
import type { VirtualArray } from './virtual-array.ts';
import type { VirtualSettings } from './virtual-settings.ts';
import { BoardReset, type Part, type TokenReader } from './virtual-tokens.ts';

/** What hosts know of a series resistor, a polarity or a mode is a number; this is a job that reads such numbers. */
export type VirtualJob = (board: VirtualContext) => Part<void>;

const resetLine = [0x30, 0x30, 0x0a];

/** What a job of the virtual board can do: read tokens, act on the array, answer, let time pass. */
export class VirtualContext {
  readonly tokens: TokenReader;
  readonly array: VirtualArray;
  readonly settings: VirtualSettings;
  readonly #input: BoardInput;

  constructor(tokens: TokenReader, array: VirtualArray, settings: VirtualSettings, input: BoardInput) {
    this.tokens = tokens;
    this.array = array;
    this.settings = settings;
    this.#input = input;
  }

  /** Several numbers in a row. */
  *floats(count: number): Part<number[]> {
    const found: number[] = [];
    for (let index = 0; index < count; index++) {
      found.push(yield* this.tokens.float());
    }
    return found;
  }

  /** A word line and a bit line. */
  *cell(): Part<Cell> {
    const word = yield* this.tokens.address(arcOneLimits.lines);
    return { word, bit: yield* this.tokens.address(arcOneLimits.lines) };
  }

  /** Do the same for each of the devices of a job. */
  *devices(act: (cell: Cell) => Part<void>): Part<void> {
    const count = yield* this.tokens.integer();
    for (let device = 0; device < count; device++) {
      yield* act(yield* this.cell());
    }
  }

  /** Read a cell, taking the time that it takes. */
  *read(cell: Cell): Part<Ohms> {
    yield* this.spend(this.settings.latency);
    return this.array.read(cell);
  }

  *pulse(cell: Cell, volts: Volts, width: Seconds, cutOff = 0): Part<void> {
    this.array.pulse(cell, volts, width, cutOff);
    yield* this.spend(width);
  }

  *sendResistance(ohms: Ohms): Part<void> {
    yield* this.#sendFloats([this.#onWire(ohms)]);
  }

  *sendPoint(ohms: Ohms, volts: Volts, width: Seconds): Part<void> {
    this.#watchForReset();
    yield* this.#sendFloats([this.#onWire(ohms), volts, width]);
  }

  /** Three numbers that are no point: the end of a run, or a mark in one. */
  *sendMark(first: number, second: number, third: number): Part<void> {
    yield* this.#sendFloats([first, second, third]);
  }

  *sendLine(text: string): Part<void> {
    const end = this.settings.lineEnd === 'crlf' ? '\r\n' : '\n';
    yield { kind: 'send', bytes: Buffer.from(`${text}${end}`, 'latin1') };
  }

  *sendBytes(bytes: Uint8Array): Part<void> {
    yield { kind: 'send', bytes };
  }

  *spend(seconds: Seconds): Part<void> {
    if (seconds > 0) {
      yield { kind: 'spend', seconds };
    }
  }

  /** A reset that came while the board was at work. */
  #watchForReset(): void {
    if (this.settings.abort === 'anywhere') {
      const input = this.#input.peek();
      if (input.length >= resetLine.length && endsWithReset(input)) {
        this.#input.clear();
        throw new BoardReset();
      }
    }
  }

  /** With an external session the board reports twice the resistance: hosts halve it. */
  #onWire(ohms: Ohms): Ohms {
    return this.array.state.session === sessionCodes.external ? 2 * ohms : ohms;
  }

  *#sendFloats(numbers: readonly number[]): Part<void> {
    const bytes = new Uint8Array(4 * numbers.length);
    const view = new DataView(bytes.buffer);
    numbers.forEach((number, index) => view.setFloat32(4 * index, number, true));
    yield { kind: 'send', bytes };
  }
}

function endsWithReset(input: readonly number[]): boolean {
  const start = input.length - resetLine.length;
  const alone = start === 0 || input[start - 1] === 0x0a;
  return alone && resetLine.every((byte, index) => input[start + index] === byte);
}
