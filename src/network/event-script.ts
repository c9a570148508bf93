import { philox } from '../random.ts';
import type { EventKernel, OpenEventKernel } from './event-kernel.ts';

/** Inputs whose draws come from four neighbouring blocks of random words: eight draws of 16 bits each. */
const group = 32;

const f32 = Math.fround;

/**
 * The kernel of spiking networks in TypeScript: the same numbers in the same order as the compiled one.
 *
 * @param bytes - memory that the caller needs
 */
export function createEventScript(bytes: number): OpenEventKernel {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 4) * 4);
  return { exports: new EventScript(buffer), memory: { buffer } };
}

class EventScript implements EventKernel {
  readonly #f32: Float32Array;
  readonly #i32: Int32Array;
  readonly #u16: Uint16Array;
  readonly #words = new Uint32Array(4);
  readonly #draws = new Uint16Array(group);

  constructor(buffer: ArrayBuffer) {
    this.#f32 = new Float32Array(buffer);
    this.#i32 = new Int32Array(buffer);
    this.#u16 = new Uint16Array(buffer);
  }

  encode(
    thresholds: number,
    inputs: number,
    step: number,
    sample: number,
    high: number,
    key0: number,
    key1: number,
    events: number,
    rowBytes: number,
  ): number {
    let next = events >> 2;
    for (let first = 0; first < inputs; first += group) {
      this.#draw(first, step, sample, high, key0, key1);
      for (let k = 0; k < group; k++) {
        if (this.#draws[k]! < this.#u16[(thresholds >> 1) + first + k]!) {
          this.#i32[next++] = (first + k) * rowBytes;
        }
      }
    }
    return next - (events >> 2);
  }

  propagate(weights: number, events: number, count: number, currents: number, outputs: number): void {
    const values = this.#f32;
    const list = events >> 2;
    const out = currents >> 2;
    const row = (k: number): number => (weights + this.#i32[list + k]!) >> 2;
    let k = 0;
    // Four rows at a time, in the order of the compiled kernel: float32 sums depend on it.
    for (; k + 3 < count; k += 4) {
      const [a, b, c, d] = [row(k), row(k + 1), row(k + 2), row(k + 3)];
      for (let j = 0; j < outputs; j++) {
        const pair = f32(f32(values[a + j]! + values[b + j]!) + f32(values[c + j]! + values[d + j]!));
        values[out + j] = values[out + j]! + pair;
      }
    }
    for (; k < count; k++) {
      const a = row(k);
      for (let j = 0; j < outputs; j++) {
        values[out + j] = values[out + j]! + values[a + j]!;
      }
    }
  }

  fire(
    membranes: number,
    currents: number,
    neurons: number,
    decay: number,
    threshold: number,
    events: number,
    rowBytes: number,
    counts: number,
  ): number {
    const values = this.#f32;
    const limit = f32(threshold);
    const factor = f32(decay);
    let next = events >> 2;
    for (let k = 0; k < neurons; k++) {
      const v = f32(f32(values[(membranes >> 2) + k]! * factor) + values[(currents >> 2) + k]!);
      const spikes = v >= limit;
      values[(membranes >> 2) + k] = spikes ? v - limit : v;
      values[(currents >> 2) + k] = 0;
      if (spikes) {
        this.#i32[next++] = k * rowBytes;
        if (counts !== 0) {
          this.#i32[(counts >> 2) + k]! += 1;
        }
      }
    }
    return next - (events >> 2);
  }

  countSpikes(
    thresholds: number,
    weights: number,
    scatter: number,
    scratch: number,
    inputs: number,
    steps: number,
    threshold: number,
    bias: number,
    sample: number,
    high: number,
    key0: number,
    key1: number,
  ): number {
    const limit = f32(threshold);
    const read = scatter === 0 ? weights : scratch;
    let membrane = 0;
    let spikes = 0;
    for (let step = 0; step < steps; step++) {
      if (scatter !== 0) {
        this.scatterWeights(weights, scatter, scratch, inputs, step, sample, high + 1, key0, key1);
      }
      const sum = this.#sum(thresholds, read, inputs, step, sample, high, key0, key1);
      membrane = f32(membrane + f32(f32(bias) + sum));
      if (membrane > limit) {
        membrane = f32(membrane - limit);
        spikes++;
      }
    }
    return spikes;
  }

  scatterWeights(
    weights: number,
    scatter: number,
    out: number,
    inputs: number,
    step: number,
    sample: number,
    high: number,
    key0: number,
    key1: number,
  ): void {
    const values = this.#f32;
    for (let first = 0; first < inputs; first += group) {
      this.#draw(first, step, sample, high, key0, key1);
      for (let k = 0; k < group; k++) {
        const u = (2 * this.#draws[k]! - 65_535) / 65_536;
        const shift = f32(values[(scatter >> 2) + first + k]! * u);
        const value = f32(values[(weights >> 2) + first + k]! + shift);
        values[(out >> 2) + first + k] = Math.min(Math.max(value, 0), 1);
      }
    }
  }

  /** Weighted sum of the inputs that spike, by four lanes. */
  #sum(
    thresholds: number,
    weights: number,
    inputs: number,
    step: number,
    sample: number,
    high: number,
    key0: number,
    key1: number,
  ): number {
    const lanes = [0, 0, 0, 0];
    for (let first = 0; first < inputs; first += group) {
      this.#draw(first, step, sample, high, key0, key1);
      for (let k = 0; k < group; k++) {
        const spikes = this.#draws[k]! < this.#u16[(thresholds >> 1) + first + k]!;
        const lane = k & 3;
        lanes[lane] = f32(lanes[lane]! + (spikes ? this.#f32[(weights >> 2) + first + k]! : 0));
      }
    }
    return f32(f32(lanes[0]! + lanes[1]!) + f32(lanes[2]! + lanes[3]!));
  }

  /** Draw for 32 inputs. Input k is half k % 2 of word k / 8 of block k / 2 % 4. */
  #draw(first: number, step: number, sample: number, high: number, key0: number, key1: number): void {
    for (let block = 0; block < 4; block++) {
      philox(this.#words, (first >> 3) + block, step, sample, high, key0, key1);
      for (let word = 0; word < 4; word++) {
        this.#draws[8 * word + 2 * block] = this.#words[word]! & 0xffff;
        this.#draws[8 * word + 2 * block + 1] = this.#words[word]! >>> 16;
      }
    }
  }
}
