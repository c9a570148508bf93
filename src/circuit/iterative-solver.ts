import { CoarseGrid } from './coarse-grid.ts';
import { conjugateGradients, type IterationReport, relativeNorm } from './conjugate-gradients.ts';
import { heldNodes, type HeldNodes } from './held-nodes.ts';
import { type LineEnd, lineEnds } from './line-ends.ts';
import { endConductances, type LineMatrix, type LineSweeps } from './line-sweeps.ts';
import { type NodalSystem, sideOf, withVolts } from './nodal-system.ts';
import { ResidualTarget } from './residual-target.ts';
import { sweptCurrents } from './swept-currents.ts';
import { enterUnloadedBitLines, sourceSpread } from './unloaded-lines.ts';

/** Iterations without the coarse grid from which on it pays, with what it takes to set up. */
const manyIterations = 35;

export interface IterativeOptions {
  /** Error of the voltages and currents over the largest of them. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

/** Where an iteration begins. */
export interface IterativeStart {
  /** Voltages of the bit-line nodes, [wordLines x bitLines]. */
  readonly bitNodeVolts: Float64Array;
  /** Of the report of a solution with sources at the same lines. */
  readonly reference: number;
}

export interface SolveRequest {
  /** From unloaded lines if left out. */
  readonly start?: IterativeStart | null;
  /** Currents from word line to bit line beside the conductance of each cell, [wordLines x bitLines], ampere. */
  readonly cellSources?: Float64Array;
  /** Residual to end with, from the one at the start; at least {@link IterativeSolver.target} holds. */
  readonly endAt?: (first: number) => number;
}

export interface IterativeReport extends IterationReport {
  /** Energy against which residuals are measured, for each square volt by which the sources differ. */
  readonly reference: number;
}

/**
 * Solves one circuit again and again, for new voltages at its sources and new conductances of its cells. Every
 * resistance may be 0 but those of the cells; which ends are driven stays.
 *
 * @example
 * const solver = new IterativeSolver(system, new PlainLineSweeps(system));
 * solver.solve().iterations;
 */
export class IterativeSolver {
  readonly system: NodalSystem;
  readonly #sweeps: LineSweeps;
  readonly #maxIterations: number;
  readonly #bitNodes: HeldNodes;
  readonly #wordLeft: Float64Array;
  readonly #wordRight: Float64Array;
  readonly #target: ResidualTarget;
  /** Undefined as long as no solution was worth it, null where there can be none. */
  #grid: CoarseGrid | null | undefined;
  /** Whether the grid has the present conductances. */
  #isGridCurrent = false;

  constructor(system: NodalSystem, sweeps: LineSweeps, options: IterativeOptions = {}) {
    this.system = withVolts(
      system,
      Object.fromEntries(lineEnds.map((end) => [end, sideOf(system, end).volts.slice()])),
    );
    this.#sweeps = sweeps;
    this.#maxIterations = options.maxIterations ?? 5000;
    this.#bitNodes = heldNodes(system.bits);
    this.#target = new ResidualTarget(this.system, this.#bitNodes, options.tolerance ?? 1e-9);
    this.#wordLeft = endConductances(system.words.first);
    this.#wordRight = endConductances(system.words.last);
    this.setConductances(system.conductances);
  }

  /** Relative residual at which the error is below the tolerance. */
  get target(): number {
    return this.#target.residual;
  }

  /** Take new voltages at the driven ends; sides that are left out are at 0 V. */
  setVolts(volts: Partial<Readonly<Record<LineEnd, Float64Array>>>): void {
    for (const end of lineEnds) {
      const held = sideOf(this.system, end).volts;
      const given = volts[end];
      if (given === undefined) {
        held.fill(0);
      } else {
        held.set(given);
      }
    }
  }

  /** Take new conductances, [wordLines x bitLines] in siemens. */
  setConductances(conductances: Float64Array): void {
    this.#target.update(this.#sweeps.setConductances(conductances));
    this.#isGridCurrent = false;
  }

  /**
   * Solve for the voltages that the sources have now.
   *
   * @throws SolverError with the history of residuals when it does not converge
   */
  solve({ start = null, cellSources, endAt }: SolveRequest = {}): IterativeReport {
    const { z, v } = this.#sweeps;
    this.#enterWordCurrents(cellSources, true);
    this.#enterStart(start);
    this.#sweeps.sweepWords(true);
    this.#enterBitCurrents(cellSources);
    z.fill(0);
    v.fill(0);
    const energy = this.#sweeps.bitPass(1);
    const scale = sourceSpread(this.system).squares || 1;
    const reference = start === null ? energy : start.reference * scale;
    const first = relativeNorm(energy, reference);
    const tolerance = Math.max(this.#target.residual, endAt?.(first) ?? 0);
    const report = conjugateGradients(this.#sweeps, energy, {
      reference,
      tolerance,
      maxIterations: this.#maxIterations,
      correction: this.#target.iterationsFor(first / tolerance) > manyIterations ? this.#coarseGrid() : null,
    });
    this.#finish(cellSources);
    return { ...report, reference: reference / scale };
  }

  /** The second level for the present conductances, where there can be one. */
  #coarseGrid(): CoarseGrid | null {
    if (this.#grid === undefined) {
      this.#grid = CoarseGrid.create(this.system, this.#sweeps);
    }
    if (this.#grid !== null && !this.#isGridCurrent) {
      this.#isGridCurrent = this.#grid.update();
    }
    return this.#isGridCurrent ? this.#grid : null;
  }

  /** Voltages of the solution, [wordLines x bitLines] each. */
  nodeVolts(): { readonly wordNodeVolts: Float64Array; readonly bitNodeVolts: Float64Array } {
    const cells = this.system.conductances.length;
    return {
      wordNodeVolts: this.#copy(this.#sweeps.s, new Float64Array(cells)),
      bitNodeVolts: this.#copy(this.#sweeps.v, new Float64Array(cells)),
    };
  }

  /** Fill in the voltages of the bit-line nodes, [wordLines x bitLines]. */
  readBitNodeVolts(bitNodeVolts: Float64Array): void {
    this.#copy(this.#sweeps.v, bitNodeVolts);
  }

  #copy(matrix: LineMatrix, copy: Float64Array): Float64Array {
    const { wordLines, bitLines } = this.system.geometry;
    for (let word = 0; word < wordLines; word++) {
      const from = word * this.#sweeps.stride;
      copy.set(matrix.subarray(from, from + bitLines), word * bitLines);
    }
    return copy;
  }

  /** Fill in the voltage over each cell, [wordLines x bitLines]. */
  readCellVolts(cellVolts: Float64Array): void {
    const { wordLines, bitLines } = this.system.geometry;
    const { stride, s, v } = this.#sweeps;
    for (let word = 0, cell = 0; word < wordLines; word++) {
      for (let at = word * stride; at < word * stride + bitLines; at++, cell++) {
        cellVolts[cell] = s[at]! - v[at]!;
      }
    }
  }

  /** Currents of the solution into the sources of one side, [lines]. */
  currentsInto(end: LineEnd): Float64Array {
    return sweptCurrents(this.#sweeps, this.system, end);
  }

  /** Put the voltages of the held nodes into v, and those of the word lines into s. */
  #finish(cellSources: Float64Array | undefined): void {
    const { p, v, stride } = this.#sweeps;
    const { first, last } = this.system.bits;
    for (const node of this.#bitNodes.held) {
      v[node.at * stride + node.line] = (node.last ? last : first).volts[node.line]!;
    }
    p.set(v);
    this.#enterWordCurrents(cellSources, false);
    this.#sweeps.sweepWords(false);
  }

  /** z <- currents into the word lines; through cells on held nodes too, which v does not hold while it is sought. */
  #enterWordCurrents(cellSources: Float64Array | undefined, throughHeld: boolean): void {
    const { z, stride, wordScale, conductances } = this.#sweeps;
    const { words, bits } = this.system;
    z.fill(0);
    if (cellSources !== undefined) {
      this.#scatter(cellSources, -wordScale, z);
    }
    for (let word = 0; word < words.lines; word++) {
      z[word * stride]! += wordScale * this.#wordLeft[word]! * words.first.volts[word]!;
      z[word * stride + words.cells - 1]! += wordScale * this.#wordRight[word]! * words.last.volts[word]!;
    }
    if (throughHeld) {
      for (const { line, at, last } of this.#bitNodes.held) {
        const node = at * stride + line;
        z[node]! += conductances[node]! * (last ? bits.last : bits.first).volts[line]!;
      }
    }
  }

  /** s += currents into the free nodes of the bit lines. */
  #enterBitCurrents(cellSources: Float64Array | undefined): void {
    const { s, stride, bitScale } = this.#sweeps;
    const { first, last } = this.system.bits;
    if (cellSources !== undefined) {
      this.#scatter(cellSources, bitScale, s);
    }
    for (const node of this.#bitNodes.fed) {
      const volts = (node.last ? last : first).volts[node.line]!;
      s[node.at * stride + node.line]! += bitScale * node.siemens * volts;
    }
  }

  /** p <- where to begin, 0 at held nodes. */
  #enterStart(start: IterativeStart | null): void {
    const { p, stride } = this.#sweeps;
    if (start === null) {
      enterUnloadedBitLines(this.system, p, stride);
    } else {
      p.fill(0);
      this.#scatter(start.bitNodeVolts, 1, p);
    }
    for (const { line, at } of this.#bitNodes.held) {
      p[at * stride + line] = 0;
    }
  }

  #scatter(from: Float64Array, scale: number, to: LineMatrix): void {
    const { wordLines, bitLines } = this.system.geometry;
    const { stride } = this.#sweeps;
    for (let word = 0, cell = 0; word < wordLines; word++) {
      for (let at = word * stride; at < word * stride + bitLines; at++, cell++) {
        to[at]! += scale * from[cell]!;
      }
    }
  }
}
