import { blockWords, largestInput, type MvmKernel, type OpenMvmKernel } from './mvm-kernel.ts';
import { normalFloat32 } from './normal-script.ts';

const f32 = Math.fround;
const panelBits = 8;

interface Converter {
  readonly lsb: number;
  readonly zero: number;
  readonly last: number;
  readonly gain: number;
  readonly offset: number;
}

interface Noise {
  readonly amplitude: number;
  readonly key0: number;
  readonly key1: number;
  readonly high: number;
}

const noConverter: Converter = { lsb: 0, zero: 0, last: 0, gain: 1, offset: 0 };
const noNoise: Noise = { amplitude: 0, key0: 0, key1: 0, high: 0 };

/**
 * The kernel of products in TypeScript: the same numbers in the same order as the compiled one.
 *
 * @param bytes - memory that the caller needs
 */
export function createMvmScript(bytes: number): OpenMvmKernel {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
  return { exports: new MvmScript(buffer), memory: { buffer } };
}

class MvmScript implements MvmKernel {
  readonly #f32: Float32Array;
  readonly #f64: Float64Array;
  #dac = noConverter;
  #adc = noConverter;
  #scale = 1;
  #noise = noNoise;
  #adcNoise = noNoise;
  #amplifier = { gain: 0, offset: 0, limit: 0 };

  constructor(buffer: ArrayBuffer) {
    this.#f32 = new Float32Array(buffer);
    this.#f64 = new Float64Array(buffer);
  }

  setDac(lsb: number, zero: number, last: number, gain: number, offset: number): void {
    this.#dac = { lsb, zero, last, gain, offset };
  }

  setScale(amperes: number): void {
    this.#scale = amperes;
  }

  setNoise(relative: number, key0: number, key1: number, high: number): void {
    this.#noise = { amplitude: f32(relative), key0, key1, high };
  }

  setAmplifier(gain: number, offset: number, limit: number): void {
    this.#amplifier = { gain, offset, limit };
  }

  setAdc(lsb: number, zero: number, last: number, gain: number, offset: number): void {
    this.#adc = { lsb, zero, last, gain, offset };
  }

  setAdcNoise(amplitude: number, key0: number, key1: number, high: number): void {
    this.#adcNoise = { amplitude, key0, key1, high };
  }

  fillTiles(volts: number, rows: number, words: number, tiles: number): number {
    let sound = true;
    const whole = Math.ceil(rows / 4) * 4;
    for (let row = 0; row < whole; row++) {
      const from = (volts >> 3) + Math.min(row, rows - 1) * words;
      for (let word = 0; word < words; word++) {
        const asked = this.#f64[from + word]!;
        sound &&= Math.abs(asked) <= largestInput;
        this.#f32[(tiles >> 2) + tileIndex(row, word, whole, words)] = this.#drive(asked);
      }
    }
    return sound ? 1 : 0;
  }

  multiply(
    tiles: number,
    panels: number,
    rows: number,
    words: number,
    bits: number,
    _sums: number,
    squares: number,
    out: number,
    eventLow: number,
    eventHigh: number,
  ): void {
    const whole = Math.ceil(rows / 4) * 4;
    const event = (eventHigh >>> 0) * 2 ** 32 + (eventLow >>> 0);
    for (let row = 0; row < rows; row++) {
      for (let bit = 0; bit < bits; bit++) {
        const panel = (panels >> 2) + (bit - (bit % panelBits)) * words + (bit % panelBits);
        let sum = 0;
        let square = 0;
        for (let word = 0; word < words; word++) {
          const x = this.#f32[(tiles >> 2) + tileIndex(row, word, whole, words)]!;
          const product = f32(x * this.#f32[panel + word * panelBits]!);
          sum = f32(sum + product);
          square = f32(square + f32(product * product));
        }
        if (squares !== 0) {
          const deviation = f32(this.#noise.amplitude * f32(Math.sqrt(square)));
          sum = f32(sum + f32(deviation * draw(this.#noise, bit, event + row)));
        }
        this.#f64[(out >> 3) + row * bits + bit] = this.#sense(sum * this.#scale, bit, event + row);
      }
    }
  }

  #drive(asked: number): number {
    const { lsb, zero, last, gain, offset } = this.#dac;
    if (lsb === 0) {
      return asked;
    }
    const code = clamp(Math.round(asked / lsb + zero), 0, last);
    return (code - zero) * lsb * gain + offset;
  }

  #sense(amperes: number, bit: number, event: number): number {
    const { gain, offset, limit } = this.#amplifier;
    if (gain === 0) {
      return amperes;
    }
    const adc = this.#adc;
    const volts = clamp(amperes * gain + offset, -limit, limit);
    const noise = this.#adcNoise.amplitude === 0 ? 0 : draw(this.#adcNoise, bit, event);
    const seen = volts * adc.gain + adc.offset + noise * this.#adcNoise.amplitude;
    const code = clamp(Math.round(seen / adc.lsb + adc.zero), 0, adc.last);
    return ((code - adc.zero) * adc.lsb) / gain;
  }
}

function draw({ key0, key1, high }: Noise, bit: number, event: number): number {
  return normalFloat32(bit, event, high, key0, key1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Place of an input in the tiles of `whole` rows. */
function tileIndex(row: number, word: number, whole: number, words: number): number {
  const first = word - (word % blockWords);
  const count = Math.min(blockWords, words - first);
  return first * whole + (row - (row % 4)) * count + (word - first) * 4 + (row % 4);
}
