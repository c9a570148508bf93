import type { ExposureKernel } from '../kernels/exposure-kernel.ts';
import type { Volts } from '../units.ts';
import type { Cross } from './cross.ts';
import type { Crossing } from './crossing.ts';
import type { CrossResistances } from './cross-resistances.ts';
import { LineChain } from '../circuit/line-chain.ts';
import type { SelectedFrame } from './selected-frame.ts';

/** The two lines of a selected cell in compiled form, over the states in the kernel's memory. */
export class KernelCrossing implements Crossing {
  readonly #cross: Cross;
  readonly #kernel: ExposureKernel;
  readonly #resistances: CrossResistances;
  readonly #word: LineChain;
  readonly #bit: LineChain;

  constructor(cross: Cross, kernel: ExposureKernel, resistances: CrossResistances) {
    const { wordLines, bitLines } = cross.geometry;
    this.#cross = cross;
    this.#kernel = kernel;
    this.#resistances = resistances;
    this.#word = new LineChain(bitLines);
    this.#bit = new LineChain(wordLines);
    this.select();
  }

  get ohms(): Float64Array {
    return this.#kernel.cross.ohms;
  }

  select(): void {
    const { word, bit, indices } = this.#cross;
    const { cross } = this.#kernel;
    const { words, bits } = this.#resistances;
    this.#resistances.enterCrossed(this.#cross, cross.ohms);
    this.#word.enter(words, word);
    this.#bit.enter(bits, bit);
    cross.wordLinks.set(this.#word.links);
    cross.bitLinks.set(this.#bit.links);
    for (let k = 0; k < indices.length; k++) {
      cross.places[k] = this.#kernel.placeOf(indices[k]!);
    }
  }

  solve(frame: SelectedFrame, scale: number, enough: Volts): Volts {
    const { word, bit } = this.#cross;
    const { cross } = this.#kernel;
    cross.volts.set(frame.volts);
    cross.currents.set(frame.currents);
    cross.slopes.set(frame.slopes);
    cross.baseVolts.set(frame.baseVolts);
    cross.baseCurrents.set(frame.baseCurrents);
    const { wordPaths, bitPaths } = this.#resistances;
    const left = this.#kernel.solveCross(word, bit, scale, enough, wordPaths[word]!, bitPaths[bit]!);
    frame.volts.set(cross.volts);
    frame.currents.set(cross.currents);
    frame.slopes.set(cross.slopes);
    return left;
  }
}
