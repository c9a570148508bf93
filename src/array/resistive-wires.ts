import type { Ohms } from '../units.ts';
import type { BiasFrame } from './bias.ts';
import { createCircuit, type SegmentResistance } from '../circuit/circuit.ts';
import { createLineSweeps } from '../circuit/create-line-sweeps.ts';
import { FrameMemory, type Recollection } from './frame-memory.ts';
import { cellCount, type Geometry } from './geometry.ts';
import { type Drive, isWordEnd, type LineEnd, lineEnds } from '../circuit/line-ends.ts';
import type { CellLoads, LineNetwork, LineSolution, Wiring } from './line-network.ts';
import { linkResistance, type LineSet } from '../circuit/line-set.ts';
import { LoadCurves } from './load-curves.ts';
import { type CellCurves, NewtonSolver } from '../circuit/newton-solver.ts';
import { connectSources, type NodalSystem } from '../circuit/nodal-system.ts';
import { SeriesCurves } from './series-curves.ts';
import type { SeriesElement } from './series-element.ts';
import { currentsIntoEnds } from '../circuit/solve-iterative.ts';

export interface ResistiveWiresOptions {
  readonly geometry: Geometry;
  readonly wordSegmentResistance: SegmentResistance;
  readonly bitSegmentResistance: SegmentResistance;
  /** Output resistance of every line driver; 0 if left out. */
  readonly driverResistance?: Ohms;
  /** Where the lines are driven; word lines from the left and bit lines at the bottom if left out. */
  readonly drivenEnds?: readonly LineEnd[];
  /** In series with every device. */
  readonly seriesElement?: SeriesElement;
  /** Error of the voltages and currents over the largest of them; 1e-5 if left out. */
  readonly tolerance?: number;
}

/**
 * Wires with resistance between the line drivers and the cells. Every solution begins with the nearest one of those
 * before it, so that a pulse on the cell that was just read costs little.
 *
 * @throws UsageError for a resistance that is not one, or ends that leave lines without a driver
 * @example
 * const geometry = createGeometry(8, 8);
 * const network = resistiveWires({ geometry, wordSegmentResistance: 1, bitSegmentResistance: 1 });
 * network.resistance; // 16 ohm
 */
export function resistiveWires(options: ResistiveWiresOptions): LineNetwork {
  return new ResistiveWires(options);
}

class ResistiveWires implements LineNetwork {
  readonly name = 'resistive';
  readonly ideal = false;
  readonly resistance: Ohms;
  readonly wiring?: Wiring;
  readonly #ends: readonly LineEnd[];
  readonly #solver: NewtonSolver;
  readonly #memory: FrameMemory;
  readonly #tolerance: number;
  /** Of the cells at the voltages that are recalled. */
  readonly #currents: Float64Array;
  readonly #element: SeriesElement | null;
  #curves: { readonly cells: CellLoads; readonly curves: LoadCurves | SeriesCurves } | null = null;

  constructor({ drivenEnds = ['wordLeft', 'bitBottom'], ...options }: ResistiveWiresOptions) {
    const system = systemOf(drivenEnds, options);
    this.resistance = longestPath(system.words) + longestPath(system.bits);
    this.#ends = drivenEnds;
    this.#tolerance = options.tolerance ?? 1e-5;
    this.#solver = new NewtonSolver(system, createLineSweeps(system), { tolerance: this.#tolerance });
    this.#currents = new Float64Array(system.conductances.length);
    this.#memory = new FrameMemory(options.geometry);
    this.#element = options.seriesElement ?? null;
    if (this.#element === null && hasInnerLinks(system.words) && hasInnerLinks(system.bits)) {
      this.wiring = { system, tolerance: this.#tolerance };
    }
  }

  /** @throws SolverError when the solution does not converge, or a cell's current is not finite */
  solve(frame: BiasFrame, cells: CellLoads, out: LineSolution): void {
    const curves = this.#curvesOf(cells);
    const solver = this.#solver;
    solver.setVolts(
      Object.fromEntries(this.#ends.map((end) => [end, isWordEnd(end) ? frame.wordVolts : frame.bitVolts])),
    );
    const recalled = this.#memory.recall(frame);
    if (recalled?.exact === true && this.#holds(recalled, curves)) {
      this.#enter(recalled.cellVolts, this.#currents, curves, out);
    } else {
      const { start } = solver.solve(curves, recalled);
      this.#memory.keep(frame, start, solver.cellCurrents);
      this.#enter(solver.cellVolts, solver.cellCurrents, curves, out);
    }
  }

  /**
   * Whether the cells still take the currents of a solution, as far as the tolerance goes: no change of a cell's
   * current moves any voltage by more than it drops along the longest way to the drivers.
   */
  #holds({ cellVolts, cellCurrents }: Recollection, curves: CellCurves): boolean {
    curves.evaluate(cellVolts, this.#currents);
    let amperes = 0;
    let largest = 0;
    for (let cell = 0; cell < cellVolts.length; cell++) {
      amperes += Math.abs(this.#currents[cell]! - cellCurrents[cell]!);
      largest = Math.max(largest, Math.abs(cellVolts[cell]!));
    }
    return amperes * this.resistance <= this.#tolerance * largest;
  }

  #enter(
    cellVolts: Float64Array,
    cellCurrents: Float64Array,
    curves: LoadCurves | SeriesCurves,
    out: LineSolution,
  ): void {
    out.cellVolts.set(curves instanceof SeriesCurves ? curves.deviceVolts : cellVolts);
    const { wordLeft, wordRight, bitTop, bitBottom } = currentsIntoEnds(this.#solver.system, cellCurrents);
    out.wordCurrents.forEach((_, line) => {
      out.wordCurrents[line] = -(wordLeft?.[line] ?? 0) - (wordRight?.[line] ?? 0);
    });
    out.bitCurrents.forEach((_, line) => {
      out.bitCurrents[line] = (bitTop?.[line] ?? 0) + (bitBottom?.[line] ?? 0);
    });
  }

  #curvesOf(cells: CellLoads): LoadCurves | SeriesCurves {
    if (this.#curves?.cells !== cells) {
      const curves = this.#element === null ? new LoadCurves(cells) : new SeriesCurves(cells, this.#element);
      this.#curves = { cells, curves };
    }
    return this.#curves.curves;
  }
}

function systemOf(
  drivenEnds: readonly LineEnd[],
  { geometry, wordSegmentResistance, bitSegmentResistance, driverResistance = 0 }: ResistiveWiresOptions,
): NodalSystem {
  const circuit = createCircuit({
    geometry,
    conductances: new Float64Array(cellCount(geometry)),
    wordSegmentResistance,
    bitSegmentResistance,
  });
  const side = (end: LineEnd) =>
    drivenEnds.includes(end)
      ? {
          volts: new Float64Array(isWordEnd(end) ? geometry.wordLines : geometry.bitLines),
          seriesResistance: driverResistance,
        }
      : null;
  const drive = Object.fromEntries(lineEnds.map((end) => [end, side(end)])) as unknown as Drive;
  return connectSources(circuit, drive);
}

/** Whether some resistance lies between every two nodes of a line. */
function hasInnerLinks(set: LineSet): boolean {
  for (let line = 0; line < set.lines; line++) {
    for (let link = 1; link < set.cells; link++) {
      if (linkResistance(set, line, link) === 0) {
        return false;
      }
    }
  }
  return true;
}

/** Largest resistance between a cell of a set of lines and a driver. */
function longestPath(set: LineSet): Ohms {
  let longest = 0;
  for (let line = 0; line < set.lines; line++) {
    const fromFirst = set.first.resistance[line]! < Infinity;
    let path = fromFirst ? set.first.resistance[line]! : set.last.resistance[line]!;
    for (let link = 1; link < set.cells; link++) {
      path += linkResistance(set, line, link);
    }
    longest = Math.max(longest, path);
  }
  return longest;
}
