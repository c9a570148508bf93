import type { VirtualBoardOptions } from '../controller.ts';
import { BoardProcess, type BoardProgram, type BoardStep } from '../virtual/board-process.ts';
import { receiveLine } from '../virtual/receive-line.ts';
import type { VirtualBoard } from '../virtual/virtual-board.ts';
import { bootMark } from './answer.ts';
import { lineCount, probeAnswer } from './request.ts';
import type { OpenMenaSettings } from './settings.ts';
import { pulseRest, pulseTick, readSeconds, samples, setVoltagesSeconds } from './timing.ts';
import { VirtualArray } from './virtual-array.ts';
import type { VirtualSettings } from './virtual-settings.ts';

type Part<Result> = Generator<BoardStep, Result, number>;

const bitsPerByte = 10;
const baudRate = 115_200;

/** The firmware takes any; memory ends somewhere. */
const longestLine = 65_536;

/** What the firmware's floating-point arithmetic has: 32 bits. */
const single = Math.fround;

/** An OpenMENA board that is not there. */
export interface VirtualOpenMena extends VirtualBoard {
  readonly counts: Readonly<{ pulses: number; reads: number }>;
}

/** Build a virtual OpenMENA over an emulated array, by the firmware that was published for the real one. */
export function createVirtualOpenMena(
  { crossbar, clock }: Pick<VirtualBoardOptions, 'crossbar' | 'clock'>,
  settings: VirtualSettings,
  board: Pick<OpenMenaSettings, 'senseResistor' | 'gain' | 'adcReference'>,
): VirtualOpenMena {
  const firmware = new Firmware(new VirtualArray(crossbar, board));
  const process = new BoardProcess(() => firmware.run(settings.boot), {
    clock,
    inputBytes: settings.inputBytes,
    realTime: settings.realTime,
    secondsPerByte: bitsPerByte / baudRate,
  });
  return {
    receive: (bytes) => process.receive(bytes),
    attach: (send) => process.attach(send),
    counts: firmware.counts,
  };
}

class Firmware {
  readonly counts = { pulses: 0, reads: 0 };
  readonly #array: VirtualArray;

  constructor(array: VirtualArray) {
    this.#array = array;
  }

  *run(boot: boolean): BoardProgram {
    if (boot) {
      yield* print('', 'memristor_rev.ino', 'Connect: 1', bootMark, ' - INFEREMULTIPLE:', '');
    }
    for (;;) {
      const [verb = '', ...tokens] = (yield* receiveLine(longestLine)).split(/\s+/u);
      switch (verb) {
        case 'INFEREMULTIPLE:':
          yield* this.#read(tokens);
          break;
        case 'WEIGHTMODIF:':
          yield* this.#pulses(tokens);
          break;
        case 'WEIGHTMODIFALL:':
          yield* this.#pulseAll(tokens);
          break;
        case 'SETVOLTAGES:':
          yield* this.#setVoltages(tokens);
          break;
        default:
        // The firmware says nothing to what it does not know.
      }
    }
  }

  *#read([count = '', ...tokens]: readonly string[]): Part<void> {
    const vectors = toInt(count);
    if (vectors <= 0) {
      yield* print(probeAnswer);
      return;
    }
    if (tokens.length < vectors * lineCount) {
      yield* print(`Error: Expected ${vectors * lineCount} DAC values after N.`);
      return;
    }
    yield* print(`Running inference for ${vectors} input vectors...`);
    const rows: number[][] = [];
    for (let index = 0; index < vectors; index++) {
      for (let word = 0; word < lineCount; word++) {
        const code = toInt(tokens[index * lineCount + word]!);
        this.#array.loadWord(word, Math.min(4095, Math.max(0, code)));
      }
      this.counts.reads++;
      yield { kind: 'spend', seconds: readSeconds };
      rows.push(this.#array.read());
    }
    const text = (code: number): string => `${((code * samples) / samples).toFixed(2)}\t`;
    yield* print(
      'INFEREMULTIPLE ADC Averages:',
      ...rows.map((row) => row.map(text).join('')),
      'INFEREMULTIPLE complete.',
    );
  }

  *#pulses(tokens: readonly string[]): Part<void> {
    const [word = 0, bit = 0, sign = 0, pulses = 0] = tokens.slice(0, 4).map(toInt);
    const volts = tokens.slice(4, 8).map(toFloat);
    const line = (index: number): boolean => index >= 0 && index < lineCount;
    if (!line(word) || !line(bit) || (sign !== 1 && sign !== -1) || pulses <= 0) {
      yield* print('Invalid arguments. Indices 0\u20137, sign 1/-1, pulses > 0');
      return;
    }
    const [wordVolts = 0, bitVolts = 0] = sign === 1 ? volts : volts.slice(2);
    yield* this.#drive(word, bit, wordVolts, bitVolts, pulses, toFloat(tokens[8] ?? '0'));
  }

  *#pulseAll(tokens: readonly string[]): Part<void> {
    const cells = lineCount * lineCount;
    if (tokens.length < 3 * cells) {
      yield* print(`Error: WEIGHTMODIFALL requires ${2 * cells} integers + ${cells} floats.`);
      return;
    }
    // The real board takes the lines in a random order.
    for (let cell = 0; cell < cells; cell++) {
      const sign = toInt(tokens[cell]!);
      if (sign === 1 || sign === -1) {
        const step = sign * toFloat(tokens[2 * cells + cell]!);
        const middle = single(0.75);
        yield* this.#drive(
          Math.floor(cell / lineCount),
          cell % lineCount,
          single(middle + step),
          single(middle - step),
          1,
          toInt(tokens[cells + cell]!),
        );
      }
    }
    yield* print('WEIGHTMODIFALL complete.');
  }

  *#drive(
    word: number,
    bit: number,
    wordVolts: number,
    bitVolts: number,
    pulses: number,
    microseconds: number,
  ): Part<void> {
    this.#array.loadWord(word, wordCode(wordVolts));
    this.#array.loadBits(bitCode(bitVolts));
    const width = Math.trunc(microseconds) * pulseTick;
    for (let pulse = 0; pulse < pulses; pulse++) {
      this.counts.pulses++;
      this.#array.pulse({ word, bit }, width);
    }
    yield { kind: 'spend', seconds: pulseRest + 2 * pulses * width };
  }

  *#setVoltages(tokens: readonly string[]): Part<void> {
    if (tokens.length < lineCount + 1) {
      yield* print('Error: SETVOLTAGES requires 9 floats: v0 ... v7 due_voltage');
      return;
    }
    const volts = tokens.slice(0, lineCount).map(toFloat);
    for (const [word, value] of volts.entries()) {
      this.#array.loadWord(word, Math.min(4095, Math.max(0, wordCode(value))));
    }
    const pin = single((toFloat(tokens[lineCount]!) - 0.545) / 0.665);
    this.#array.loadBits(Math.min(4095, Math.max(0, bitCode(toFloat(tokens[lineCount]!)))));
    yield { kind: 'spend', seconds: setVoltagesSeconds };
    const words = volts.map((value, word) => `AD5593R DAC${word}: ${value.toFixed(3)} V\t`).join('');
    yield* print('Voltages updated:', `${words}Due DAC1: ${pin.toFixed(3)} V`);
  }
}

function wordCode(volts: number): number {
  return Math.trunc(single(single(volts * 4095) / single(1.5)));
}

function bitCode(volts: number): number {
  const pin = single((volts - 0.545) / 0.665);
  return Math.trunc(single(pin * 4095) / 3.3);
}

/** As the firmware's library reads an integer: the digits that a text begins with, or 0. */
function toInt(text: string): number {
  return Number(/^[+-]?\d+/u.exec(text)?.[0] ?? 0);
}

function toFloat(text: string): number {
  return single(Number(/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iu.exec(text)?.[0] ?? 0));
}

function* print(...lines: readonly string[]): Part<void> {
  for (const line of lines) {
    yield { kind: 'send', bytes: Buffer.from(`${line}\r\n`, 'utf8') };
  }
}
