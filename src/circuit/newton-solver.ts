import { SolverError } from '../errors.ts';
import { cellAt, cellName } from '../array/geometry.ts';
import { type IterativeOptions, type IterativeReport, IterativeSolver } from './iterative-solver.ts';
import type { LineEnd } from './line-ends.ts';
import type { LineSweeps } from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';
import { enterUnloadedBitLines, enterUnloadedCells } from './unloaded-lines.ts';

/** Cells whose current is any function of their voltage, rising as a rule. */
export interface CellCurves {
  /**
   * Fill in the current of every cell, from word line to bit line.
   *
   * @param cellVolts - [wordLines x bitLines]
   */
  evaluate(cellVolts: Float64Array, currents: Float64Array): void;
  /**
   * Fill in the derivative of the current by the voltage for every cell.
   *
   * @param cellVolts - the voltages that `evaluate` was last asked for
   * @param currents - what it found
   */
  differentiate(cellVolts: Float64Array, currents: Float64Array, slopes: Float64Array): void;
}

/** A solution to begin the next one with; one that a solver reports is its own memory, until it solves again. */
export interface NewtonStart {
  readonly cellVolts: Float64Array;
  readonly bitNodeVolts: Float64Array;
  readonly reference: number;
}

export interface NewtonReport {
  readonly steps: number;
  /** Sweeps over the array, of all linear solutions together. */
  readonly iterations: number;
  /** Relative residual before each step and after the last. */
  readonly history: readonly number[];
  readonly start: NewtonStart;
}

const maxSteps = 60;
const maxHalvings = 30;
/** Mismatch of the currents, over the currents, that is rounding. */
const roundOff = 1e-13;
/** Residual of a first step that is long enough to tell straight cells from others. */
const noticeable = 1e-5;
/** Part of the residual that a linear solution leaves while the tangents are still poor. */
const looseForcing = 1e-2;

/** What is known of the cells and the bit lines at one point of the way. */
class Point {
  readonly cellVolts: Float64Array;
  readonly bitNodeVolts: Float64Array;
  readonly currents: Float64Array;
  readonly slopes: Float64Array;
  /** Currents at the nodes of each cell that are not balanced. */
  readonly mismatch: Float64Array;

  constructor(cells: number) {
    this.cellVolts = new Float64Array(cells);
    this.bitNodeVolts = new Float64Array(cells);
    this.currents = new Float64Array(cells);
    this.slopes = new Float64Array(cells);
    this.mismatch = new Float64Array(cells);
  }
}

/**
 * Solves circuits of non-linear cells. Each step is the linear circuit of the tangents, itself solved only as far as
 * the tangents hold, from the voltages of the step before. A step that makes the mismatch of the currents grow is
 * halved.
 *
 * @source inexact Newton: R. S. Dembo, S. C. Eisenstat, T. Steihaug, doi 10.1137/0719025; how exact: S. C.
 * Eisenstat, H. F. Walker, doi 10.1137/0917003, choice 2
 * @example
 * const solver = new NewtonSolver(system, createLineSweeps(system));
 * solver.solve(curves).steps;
 */
export class NewtonSolver {
  readonly #linear: IterativeSolver;
  /** Currents beside the slopes. */
  readonly #sources: Float64Array;
  #point: Point;
  #next: Point;
  /** Residual for each ampere of mismatch, once it is known. */
  #weight: number | null = null;
  /** Whether the last solution found the cells as straight as the tangents of its first step. */
  #straight = false;

  constructor(system: NodalSystem, sweeps: LineSweeps, options: IterativeOptions = {}) {
    const cells = system.conductances.length;
    this.#linear = new IterativeSolver(system, sweeps, options);
    this.#sources = new Float64Array(cells);
    this.#point = new Point(cells);
    this.#next = new Point(cells);
  }

  /** The circuit, with the voltages at its ends as they are set. */
  get system(): NodalSystem {
    return this.#linear.system;
  }

  /** [wordLines x bitLines], of the last solution. */
  get cellVolts(): Float64Array {
    return this.#point.cellVolts;
  }

  /** [wordLines x bitLines], from word line to bit line, of the last solution. */
  get cellCurrents(): Float64Array {
    return this.#point.currents;
  }

  /** Voltages of the nodes, [wordLines x bitLines] each, of the last solution. */
  nodeVolts(): ReturnType<IterativeSolver['nodeVolts']> {
    return this.#linear.nodeVolts();
  }

  /** Take new voltages at the driven ends; sides that are left out are at 0 V. */
  setVolts(volts: Partial<Readonly<Record<LineEnd, Float64Array>>>): void {
    this.#linear.setVolts(volts);
  }

  /**
   * Solve for the voltages that the sources have now.
   *
   * @param start - a solution of about the same circuit; cells on unloaded lines if left out
   * @throws SolverError with the history of residuals when it does not converge, or naming a cell whose current is not
   *   finite
   */
  solve(curves: CellCurves, start: NewtonStart | null = null): NewtonReport {
    this.#begin(curves, start);
    const history: number[] = [];
    let iterations = 0;
    let from = start;
    let mismatch = Infinity;
    for (let step = 1; step <= maxSteps; step++) {
      const report = this.#solveTangents(from, history.at(-1) ?? null);
      const residual = report.history[0]!;
      history.push(residual);
      iterations += report.iterations;
      if (mismatch < Infinity && mismatch > 0) {
        this.#weight = residual / mismatch;
      }
      mismatch = this.#step(curves, mismatch, history);
      if (step === 1 && residual > noticeable) {
        this.#straight = mismatch === 0;
      }
      const { cellVolts, bitNodeVolts } = this.#point;
      from = { cellVolts, bitNodeVolts, reference: report.reference };
      const left = mismatch === 0 ? report.residual : report.residual + (this.#weight ?? Infinity) * mismatch;
      if (left <= this.#linear.target) {
        history.push(left);
        return { steps: step, iterations, history, start: from };
      }
      curves.differentiate(this.#point.cellVolts, this.#point.currents, this.#point.slopes);
    }
    throw failure('no convergence', history);
  }

  #begin(curves: CellCurves, start: NewtonStart | null): void {
    const point = this.#point;
    point.mismatch.fill(0);
    if (start === null) {
      enterUnloadedCells(this.system, point.cellVolts);
      enterUnloadedBitLines(this.system, point.bitNodeVolts, this.system.geometry.bitLines);
    } else {
      point.cellVolts.set(start.cellVolts);
      point.bitNodeVolts.set(start.bitNodeVolts);
    }
    curves.evaluate(point.cellVolts, point.currents);
    this.#requireFinite(point, []);
    // Far from the solution the chord is a better guess than the tangent, which may be flat or as steep as can be.
    const byChord = start === null || this.#straight;
    if (!byChord || point.cellVolts.includes(0)) {
      curves.differentiate(point.cellVolts, point.currents, point.slopes);
    }
    if (byChord) {
      enterChords(point);
    }
  }

  /** The circuit in which every cell is its tangent: a conductance beside a source of current. */
  #solveTangents(from: NewtonStart | null, before: number | null): IterativeReport {
    const { cellVolts, currents, slopes } = this.#point;
    const sources = this.#sources;
    for (let cell = 0; cell < cellVolts.length; cell++) {
      if (!(slopes[cell]! >= 0)) {
        // Where the current falls with the voltage, the chord keeps the circuit of the tangents passive.
        slopes[cell] = Math.max(currents[cell]! / cellVolts[cell]!, 0);
      }
      sources[cell] = currents[cell]! - slopes[cell]! * cellVolts[cell]!;
    }
    this.#linear.setConductances(slopes);
    const report = this.#linear.solve({
      start: from,
      cellSources: sources,
      // What the tangents will leave, by the last step's convergence, is all that is worth solving for.
      endAt: this.#straight
        ? () => 0
        : (first) => first * Math.min(before === null ? first : first ** 2 / before ** 2, looseForcing),
    });
    this.#linear.readCellVolts(this.#next.cellVolts);
    this.#linear.readBitNodeVolts(this.#next.bitNodeVolts);
    return report;
  }

  /** Take the step, or as much of it as lowers the mismatch; returns the mismatch, 0 where it is rounding. */
  #step(curves: CellCurves, mismatch: number, history: readonly number[]): number {
    const next = this.#next;
    let part = 1;
    for (let halving = 0; halving <= maxHalvings; halving++) {
      curves.evaluate(next.cellVolts, next.currents);
      const left = this.#mismatchAfter(part);
      const isRounding = left <= roundOff * norm(next.currents);
      if (isRounding || left <= (1 - 1e-4 * part) * mismatch) {
        this.#next = this.#point;
        this.#point = next;
        return isRounding ? 0 : left;
      }
      part /= 2;
      approach(next.cellVolts, this.#point.cellVolts);
      approach(next.bitNodeVolts, this.#point.bitNodeVolts);
    }
    this.#requireFinite(next, history);
    throw failure('no step lowers the mismatch of the currents', history);
  }

  /** What the currents of the cells leave unbalanced after a part of the step: the tangents balance a full one. */
  #mismatchAfter(part: number): number {
    const { cellVolts, currents, slopes, mismatch: before } = this.#point;
    const { cellVolts: nextVolts, currents: nextCurrents, mismatch: after } = this.#next;
    const kept = 1 - part;
    let sum = 0;
    for (let cell = 0; cell < cellVolts.length; cell++) {
      const tangent = currents[cell]! + slopes[cell]! * (nextVolts[cell]! - cellVolts[cell]!);
      const left = nextCurrents[cell]! - tangent + kept * before[cell]!;
      after[cell] = left;
      sum += left * left;
    }
    return Math.sqrt(sum);
  }

  #requireFinite({ cellVolts, currents }: Point, history: readonly number[]): void {
    // x - x is 0 for every finite x, so that one sum vouches for all.
    let residue = 0;
    for (let cell = 0; cell < currents.length; cell++) {
      residue += currents[cell]! - currents[cell]!;
    }
    const wrong = residue === 0 ? -1 : currents.findIndex((amperes) => !Number.isFinite(amperes));
    if (wrong !== -1) {
      const cell = cellName(cellAt(this.system.geometry, wrong));
      const found = `${cellVolts[wrong]} V gives ${currents[wrong]} A`;
      throw new SolverError('not-finite', `circuit, cell ${cell}: ${found}`, {
        hint: 'Check the voltages against the range in which the model is valid.',
        details: { cell, volts: cellVolts[wrong], history },
      });
    }
  }
}

/** A cell at 0 V keeps its tangent. */
function enterChords({ cellVolts, currents, slopes }: Point): void {
  for (let cell = 0; cell < cellVolts.length; cell++) {
    const volts = cellVolts[cell]!;
    if (volts !== 0) {
      slopes[cell] = currents[cell]! / volts;
    }
  }
}

/** Go half the way back. */
function approach(values: Float64Array, goal: Float64Array): void {
  for (let at = 0; at < values.length; at++) {
    values[at] = (values[at]! + goal[at]!) / 2;
  }
}

function norm(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    sum += values[at]! * values[at]!;
  }
  return Math.sqrt(sum);
}

function failure(what: string, history: readonly number[]): SolverError {
  return new SolverError(
    'no-convergence',
    `circuit of non-linear cells: ${what} after ${history.length} steps, relative residual ${history.at(-1)}`,
    { hint: 'Begin with a solution for lower voltages.', details: { steps: history.length, history } },
  );
}
