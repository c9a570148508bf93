import type { Crossbar } from '../../src/array/crossbar.ts';
import type { Cell } from '../../src/array/geometry.ts';
import type { Seconds, Volts } from '../../src/units.ts';
import { bitVolts, restCode, virtualGround, wordVolts } from './converters.ts';
import { lineCount } from './request.ts';
import type { OpenMenaSettings } from './settings.ts';
import { readWidth } from './timing.ts';

const highestCode = 4095;

/** The emulated array between the board's resistors. Lines and cells that the array does not have are open. */
export class VirtualArray {
  readonly #crossbar: Crossbar;
  readonly #settings: Pick<OpenMenaSettings, 'senseResistor' | 'gain' | 'adcReference'>;
  /** Codes of the word lines' converters; those of the boot. */
  readonly #words: number[];
  #bits: number;

  constructor(
    crossbar: Crossbar,
    settings: Pick<OpenMenaSettings, 'senseResistor' | 'gain' | 'adcReference'>,
  ) {
    this.#crossbar = crossbar;
    this.#settings = settings;
    this.#words = Array.from({ length: lineCount }, () =>
      Math.floor((0.8 * highestCode) / (2 * virtualGround)),
    );
    this.#bits = 0;
  }

  /** Load a word line's converter; it ignores codes that it does not have. */
  loadWord(word: number, code: number): void {
    if (code >= 0 && code <= highestCode) {
      this.#words[word] = code;
    }
  }

  /** Load the converter of the bit lines, which takes the low bits of any code. */
  loadBits(code: number): void {
    this.#bits = code & highestCode;
  }

  /** Connect one line of either kind to its converter for a while. */
  pulse({ word, bit }: Cell, width: Seconds): void {
    const { wordLines, bitLines } = this.#crossbar.geometry;
    const frame = { wordVolts: new Float64Array(wordLines), bitVolts: new Float64Array(bitLines) };
    if (word < wordLines) {
      frame.wordVolts[word] = wordVolts(this.#words[word] ?? restCode);
    }
    if (bit < bitLines) {
      frame.bitVolts[bit] = bitVolts(this.#bits);
    }
    this.#crossbar.frame(frame, width);
  }

  /** Connect all word lines, and convert what the amplifiers make of the bit lines: [bit lines], codes. */
  read(): number[] {
    const { wordLines, bitLines } = this.#crossbar.geometry;
    const frame = { wordVolts: new Float64Array(wordLines), bitVolts: new Float64Array(bitLines) };
    for (let word = 0; word < wordLines; word++) {
      frame.wordVolts[word] = wordVolts(this.#words[word] ?? restCode);
    }
    const currents = this.#crossbar.sense(frame, readWidth);
    const conductances = this.#crossbar.conductances();
    return Array.from({ length: lineCount }, (_, bit) => {
      const column = conductances.reduce(
        (sum, conductance, cell) => sum + (cell % bitLines === bit ? conductance : 0),
        0,
      );
      return this.#code((currents[bit] ?? 0) / (1 / this.#settings.senseResistor + column));
    });
  }

  /** The bit line is as far from virtual ground as its cells pull it against the resistor. */
  #code(lineVolts: Volts): number {
    const { gain, adcReference } = this.#settings;
    const amplified = adcReference / 2 + gain * lineVolts;
    return Math.min(highestCode, Math.max(0, Math.round((amplified * highestCode) / adcReference)));
  }
}
