import type { ExposureKernel } from '../kernels/exposure-kernel.ts';
import type { Volts } from '../units.ts';
import { type BiasScheme, isSameScheme, selectCell } from './bias.ts';
import type { CellLoads } from './line-network.ts';
import { createLineSweeps } from '../circuit/create-line-sweeps.ts';
import { Cross } from './cross.ts';
import { CrossResistances } from './cross-resistances.ts';
import { type Crossing, enterSlopes, evaluateCross } from './crossing.ts';
import type { Cell } from './geometry.ts';
import { IterativeSolver } from '../circuit/iterative-solver.ts';
import { KernelCrossing } from './kernel-crossing.ts';
import { isWordEnd, type LineEnd, lineEnds } from '../circuit/line-ends.ts';
import { type NodalSystem, sideOf } from '../circuit/nodal-system.ts';
import { PlainCrossing } from './plain-crossing.ts';
import { SelectedFrame } from './selected-frame.ts';

/** Solutions of the whole array that one operation may take. */
const maxRounds = 4;
/** Voltage at which the conductance of an unselected cell is meant. */
const smallVolts: Volts = 1e-3;
/** Relative change of a conductance that the solver of the whole array is told of. */
const stale = 1e-5;
/** Part of the largest voltage that cells off the two lines may see, for their currents to be straight and small. */
const smallRest = 0.05;

/**
 * Voltages over the cells while one cell is selected: what an operation of a write-verify loop asks for, again and
 * again. Almost all that changes from one to the next is on the two lines of the cell. These two are solved exactly, as
 * chains of non-linear cells; every line that they cross answers as if its own other cells took no more current than
 * in proportion. What that leaves out is bounded, and where the bound exceeds the tolerance the whole array is solved
 * anew, with straight cells off the two lines and the currents of all others as found.
 *
 * @example
 * const lines = new SelectedLines(system, cells, 1e-5);
 * lines.select({ word: 3, bit: 5 });
 * const frame = lines.frame(biasSchemes.half, 1.2);
 * lines.solve(frame, 1.2); // whether frame.volts now holds the voltages over the cells of lines.cross
 */
export class SelectedLines {
  readonly cross: Cross;
  readonly #cells: CellLoads;
  readonly #tolerance: number;
  readonly #background: IterativeSolver;
  readonly #ends: readonly LineEnd[];
  readonly #siemens: Float64Array;
  readonly #wordSums: Float64Array;
  readonly #bitSums: Float64Array;
  readonly #resistances: CrossResistances;
  readonly #crossing: Crossing;
  /** Longest ways to a source, times the conductances along the line, and by themselves, of the worst lines. */
  readonly #worst = { bitLoad: 0, wordLoad: 0, bitPath: 0, wordPath: 0 };
  readonly #sources: Float64Array;
  readonly #frames: SelectedFrame[] = [];
  #known = false;

  /**
   * @param tolerance - error of the voltages over the largest of them
   * @param kernel - that holds the states of the same cells
   */
  constructor(system: NodalSystem, cells: CellLoads, tolerance: number, kernel?: ExposureKernel) {
    const { words, bits } = system;
    const count = system.conductances.length;
    this.cross = new Cross(system.geometry);
    this.#cells = cells;
    this.#tolerance = tolerance;
    this.#background = new IterativeSolver(system, createLineSweeps(system), { tolerance: tolerance / 10 });
    this.#ends = lineEnds.filter((end) => sideOf(system, end).resistance.some((ohms) => ohms < Infinity));
    this.#siemens = new Float64Array(count);
    this.#wordSums = new Float64Array(words.lines);
    this.#bitSums = new Float64Array(bits.lines);
    this.#resistances = new CrossResistances(words, bits);
    this.#crossing =
      kernel === undefined
        ? new PlainCrossing(this.cross, cells, this.#resistances)
        : new KernelCrossing(this.cross, kernel, this.#resistances);
    this.#worst.wordPath = largestOf(this.#resistances.wordPaths);
    this.#worst.bitPath = largestOf(this.#resistances.bitPaths);
    this.#sources = new Float64Array(count);
  }

  /** Select a cell; what is known of the one before is gone. */
  select(cell: Cell): void {
    const { cross } = this;
    if (this.#known && cell.word === cross.word && cell.bit === cross.bit) {
      return;
    }
    this.#refreshConductances();
    cross.select(cell);
    this.#crossing.select();
    this.#dropBases();
  }

  /** Take note that cells of the rest have moved a little: bases hold as far as the bound says. */
  noteMoved(): void {
    for (const frame of this.#frames) {
      if (frame.holds) {
        this.#measureBend(frame);
      }
    }
  }

  /** Forget all that is known of the cells: they moved otherwise than by operations on the selected one. */
  forget(): void {
    this.#known = false;
    this.#dropBases();
  }

  /** What is known of the selected cell under a scheme and the polarity of a voltage. */
  frame(scheme: BiasScheme, volts: Volts): SelectedFrame {
    const polarity = Math.sign(volts);
    const known = this.#frames.find(
      (frame) => frame.polarity === polarity && isSameScheme(frame.scheme, scheme),
    );
    if (known !== undefined) {
      return known;
    }
    const frame = new SelectedFrame(this.cross.geometry, scheme, polarity);
    this.#frames.push(frame);
    return frame;
  }

  /** Frames of the selected cell that were asked for. */
  get frames(): readonly SelectedFrame[] {
    return this.#frames;
  }

  /**
   * Solve for the voltages over the cells of the two lines, into `frame.volts`, and their currents.
   *
   * @returns false where the array is not of the kind that this can solve
   */
  solve(frame: SelectedFrame, volts: Volts): boolean {
    if (!frame.holds) {
      frame.enterNominal(this.cross, volts);
      evaluateCross(this.#cells, this.cross, frame.volts, frame.currents);
      enterSlopes(this.#cells, this.cross, frame);
      this.#solveAll(frame, volts);
    }
    for (let round = 1; ; round++) {
      if (this.#solveCross(frame, volts)) {
        return frame.rest.largest * Math.abs(volts / frame.amplitude) <= smallRest * Math.abs(volts);
      }
      if (round === maxRounds) {
        return false;
      }
      this.#solveAll(frame, volts);
    }
  }

  /** The cells of the rest, as conductances that the present ones do not exceed by much nor fall short of. */
  #refreshConductances(): void {
    const siemens = this.#siemens;
    let changed = !this.#known;
    const refresh = (index: number): void => {
      const now = this.#cells.current(index, smallVolts) / smallVolts;
      if (!(Math.abs(now - siemens[index]!) <= stale * siemens[index]!)) {
        siemens[index] = now;
        changed = true;
      }
    };
    if (this.#known) {
      this.cross.indices.forEach(refresh);
    } else {
      for (let index = 0; index < siemens.length; index++) {
        refresh(index);
      }
    }
    this.#known = true;
    if (changed) {
      this.#background.setConductances(siemens);
      this.#sumConductances();
    }
  }

  #sumConductances(): void {
    const { wordLines, bitLines } = this.cross.geometry;
    this.#bitSums.fill(0);
    for (let word = 0, index = 0; word < wordLines; word++) {
      let sum = 0;
      for (let bit = 0; bit < bitLines; bit++, index++) {
        sum += this.#siemens[index]!;
        this.#bitSums[bit]! += this.#siemens[index]!;
      }
      this.#wordSums[word] = sum;
    }
    this.#worst.wordLoad = largestOf(
      this.#wordSums.map((sum, line) => sum * this.#resistances.wordPaths[line]!),
    );
    this.#worst.bitLoad = largestOf(
      this.#bitSums.map((sum, line) => sum * this.#resistances.bitPaths[line]!),
    );
  }

  #dropBases(): void {
    for (const frame of this.#frames) {
      frame.holds = false;
    }
  }

  #measureBend(frame: SelectedFrame): void {
    frame.measureBend((index, volts) => this.#cells.current(index, volts) - this.#siemens[index]! * volts);
  }

  /** A new base: straight cells everywhere, and beside those of the cross what they carry more or less. */
  #solveAll(frame: SelectedFrame, amplitude: Volts): void {
    const { cross } = this;
    const { indices } = cross;
    const { volts, currents } = frame;
    const siemens = this.#siemens;
    this.#sources.fill(0);
    for (let k = 0; k < indices.length; k++) {
      const index = indices[k]!;
      this.#sources[index] = currents[k]! - siemens[index]! * volts[k]!;
    }
    const { wordVolts, bitVolts } = selectCell(cross.geometry, cross, amplitude, frame.scheme);
    this.#background.setVolts(
      Object.fromEntries(this.#ends.map((end) => [end, isWordEnd(end) ? wordVolts : bitVolts])),
    );
    frame.keepPending();
    const { bitNodeVolts, cellVolts } = frame;
    if (frame.amplitude !== 0) {
      frame.scaleNodes(cross, amplitude);
    }
    const start = frame.amplitude === 0 ? null : { bitNodeVolts, reference: frame.reference };
    frame.reference = this.#background.solve({ start, cellSources: this.#sources }).reference;
    this.#background.readBitNodeVolts(bitNodeVolts);
    this.#background.readCellVolts(cellVolts);
    frame.amplitude = amplitude;
    frame.bit = cross.bit;
    frame.holds = true;
    for (let k = 0; k < indices.length; k++) {
      const index = indices[k]!;
      frame.baseVolts[k] = cellVolts[index]!;
      frame.baseCurrents[k] = siemens[index]! * cellVolts[index]! + this.#sources[index]!;
    }
    frame.sumRest(cross, siemens);
    this.#measureBend(frame);
  }

  /** Solve the two lines; false where the bound on the rest is too large. */
  #solveCross(frame: SelectedFrame, amplitude: Volts): boolean {
    const scale = amplitude / frame.amplitude;
    const allowed = this.#tolerance * Math.abs(amplitude);
    const left = this.#crossing.solve(frame, scale, allowed / 4);
    return left + this.#neglected(frame, scale) <= allowed;
  }

  /**
   * Bound of the voltages that are left out: the lines that are crossed move by what flows into them beyond
   * proportion, which moves the currents of their other cells, and so the lines beyond; and the cells of the rest bend.
   */
  #neglected({ currents, baseCurrents, bend, worstBend }: SelectedFrame, scale: number): Volts {
    const { bitLines } = this.cross.geometry;
    const { ohms } = this.#crossing;
    let bitShift = 0;
    let wordShift = 0;
    for (let k = 0; k < currents.length; k++) {
      const shift = ohms[k]! * Math.abs(currents[k]! - scale * baseCurrents[k]!);
      if (k < bitLines) {
        bitShift = Math.max(bitShift, shift);
      } else {
        wordShift = Math.max(wordShift, shift);
      }
    }
    const { bitLoad, wordLoad, bitPath, wordPath } = this.#worst;
    const bent = (bitPath * bend + wordPath * bitLines * worstBend) * Math.max(1, Math.abs(scale) ** 3);
    return (bitLoad + wordLoad) * (bitShift + wordShift) + bent;
  }
}

function largestOf(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}
