import type { Volts } from '../units.ts';
import type { Cross } from './cross.ts';
import { type Crossing, enterSlopes, evaluateCross } from './crossing.ts';
import type { CrossResistances } from './cross-resistances.ts';
import { LineChain } from '../circuit/line-chain.ts';
import type { CellLoads } from './line-network.ts';
import type { LineSet } from '../circuit/line-set.ts';
import type { SelectedFrame } from './selected-frame.ts';

const maxSteps = 8;

/** The two lines of a selected cell in plain TypeScript. */
export class PlainCrossing implements Crossing {
  readonly ohms: Float64Array;
  readonly #cross: Cross;
  readonly #cells: CellLoads;
  readonly #resistances: CrossResistances;
  readonly #word: Chain;
  readonly #bit: Chain;
  /** In the order of the cross: what shares of a current's excess and of a slope stay where a line lies beyond. */
  readonly #shares: Float64Array;
  readonly #excess: Float64Array;
  readonly #nextVolts: Float64Array;
  readonly #nextCurrents: Float64Array;

  constructor(cross: Cross, cells: CellLoads, resistances: CrossResistances) {
    this.#cross = cross;
    this.#cells = cells;
    this.#resistances = resistances;
    this.#word = new Chain(resistances.words);
    this.#bit = new Chain(resistances.bits);
    this.#nextVolts = new Float64Array(cross.indices.length);
    this.#nextCurrents = new Float64Array(cross.indices.length);
    this.ohms = new Float64Array(cross.indices.length);
    this.#shares = new Float64Array(cross.indices.length);
    this.#excess = new Float64Array(cross.indices.length);
    this.select();
  }

  select(): void {
    const { word, bit } = this.#cross;
    this.#resistances.enterCrossed(this.#cross, this.ohms);
    this.#word.enter(word);
    this.#bit.enter(bit);
  }

  solve(frame: SelectedFrame, scale: number, enough: Volts): Volts {
    let left = NaN;
    for (let step = 1; step <= maxSteps; step++) {
      this.#solveTangents(frame, scale, this.#nextVolts);
      evaluateCross(this.#cells, this.#cross, this.#nextVolts, this.#nextCurrents);
      left = this.#mismatch(frame);
      frame.volts.set(this.#nextVolts);
      frame.currents.set(this.#nextCurrents);
      if (!Number.isFinite(left) || left <= enough) {
        return left;
      }
      if (step > 1) {
        enterSlopes(this.#cells, this.#cross, frame);
      }
    }
    return left;
  }

  /** Largest voltage that the difference between the cells and their tangents can make. */
  #mismatch({ volts, currents, slopes }: SelectedFrame): Volts {
    const { word, bit, geometry } = this.#cross;
    let ofWord = 0;
    let ofBit = 0;
    for (let k = 0; k < volts.length; k++) {
      const tangent = currents[k]! + slopes[k]! * (this.#nextVolts[k]! - volts[k]!);
      const left = Math.abs(this.#nextCurrents[k]! - tangent);
      if (k < geometry.bitLines) {
        ofWord += left;
      } else {
        ofBit += left;
      }
      if (k === bit) {
        ofBit += left;
      }
    }
    return 2 * (ofWord * this.#resistances.wordPaths[word]! + ofBit * this.#resistances.bitPaths[bit]!);
  }

  /**
   * Solve for the voltages over the cells of the cross, each its tangent.
   *
   * @param scale - of the base
   * @param out - in the order of the cross
   */
  #solveTangents(frame: SelectedFrame, scale: number, out: Float64Array): void {
    const { volts, currents, slopes, baseVolts, baseCurrents } = frame;
    const { ohms } = this;
    const shares = this.#shares;
    const excess = this.#excess;
    for (let k = 0; k < out.length; k++) {
      const share = 1 / (1 + slopes[k]! * ohms[k]!);
      shares[k] = slopes[k]! * share;
      excess[k] =
        (currents[k]! - scale * baseCurrents[k]! + slopes[k]! * (scale * baseVolts[k]! - volts[k]!)) * share;
    }
    this.#solveChains(excess, shares);
    this.#enterVolts(frame, scale, out);
  }

  #solveChains(excess: Float64Array, shares: Float64Array): void {
    const { word: row, bit: selected, geometry } = this.#cross;
    const { bitLines } = geometry;
    const word = this.#word;
    const bit = this.#bit;
    for (let node = 0; node < bitLines; node++) {
      word.loads[node] = shares[node]!;
      word.feeds[node] = -excess[node]!;
    }
    for (let node = 0, k = bitLines; k < excess.length; node++) {
      if (node !== row) {
        bit.loads[node] = shares[k]!;
        bit.feeds[node] = excess[k]!;
        k += 1;
      }
    }
    bit.loads[row] = shares[selected]!;
    bit.feeds[row] = excess[selected]!;
    word.solve(selected);
    bit.solve(row);
    // The selected cell hands the voltage of either line on to the other.
    const siemens = shares[selected]!;
    const ofWord = word.unit[selected]! * siemens;
    const ofBit = bit.unit[row]! * siemens;
    const atWord = (word.volts[selected]! + ofWord * bit.volts[row]!) / (1 - ofWord * ofBit);
    const atBit = bit.volts[row]! + ofBit * atWord;
    word.add(siemens * atBit);
    bit.add(siemens * atWord);
  }

  #enterVolts({ baseVolts }: SelectedFrame, scale: number, out: Float64Array): void {
    const { word: row, bit: selected, geometry } = this.#cross;
    const { bitLines } = geometry;
    const { ohms } = this;
    const shares = this.#shares;
    const excess = this.#excess;
    const wordVolts = this.#word.volts;
    const bitVolts = this.#bit.volts;
    for (let k = 0; k < bitLines; k++) {
      const shift = wordVolts[k]!;
      out[k] = scale * baseVolts[k]! + shift - ohms[k]! * (excess[k]! + shares[k]! * shift);
    }
    for (let node = 0, k = bitLines; k < out.length; node++) {
      if (node !== row) {
        const shift = -bitVolts[node]!;
        out[k] = scale * baseVolts[k]! + shift - ohms[k]! * (excess[k]! + shares[k]! * shift);
        k += 1;
      }
    }
    out[selected]! -= bitVolts[row]!;
  }
}

/** One of the two lines, with its right-hand side and solution. */
class Chain {
  readonly loads: Float64Array;
  readonly feeds: Float64Array;
  readonly volts: Float64Array;
  /** Voltages for 1 A into the selected node. */
  readonly unit: Float64Array;
  readonly #set: LineSet;
  readonly #chain: LineChain;
  readonly #ampere: Float64Array;

  constructor(set: LineSet) {
    this.#set = set;
    this.#chain = new LineChain(set.cells);
    this.loads = new Float64Array(set.cells);
    this.feeds = new Float64Array(set.cells);
    this.volts = new Float64Array(set.cells);
    this.unit = new Float64Array(set.cells);
    this.#ampere = new Float64Array(set.cells);
  }

  enter(line: number): void {
    this.#chain.enter(this.#set, line);
  }

  solve(selected: number): void {
    this.#chain.factor(this.loads);
    this.#chain.solve(this.feeds, this.volts);
    this.#ampere[selected] = 1;
    this.#chain.solve(this.#ampere, this.unit);
    this.#ampere[selected] = 0;
  }

  /** Add the voltages for a current into the selected node. */
  add(amperes: number): void {
    for (let node = 0; node < this.volts.length; node++) {
      this.volts[node]! += amperes * this.unit[node]!;
    }
  }
}
