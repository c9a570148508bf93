import { cellCount, cellIndex, type Geometry } from '../array/geometry.ts';
import type { Verdict } from '../programming/policy.ts';
import type { Siemens } from '../units.ts';
import type { CellResult, OperationResult } from './backend.ts';
import type { RunEvent, RunSummary } from './run-record.ts';

/** Adds up a run while it goes: the last result of every cell, pulses, reads, energy and time. */
export class RunTotals {
  readonly #geometry: Geometry;
  readonly #cells = new Map<number, CellResult>();
  readonly #before: Float64Array;
  readonly #conductances: Float64Array;
  #pulses = 0;
  #reads = 0;
  #joules = 0;
  #seconds = 0;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    this.#before = new Float64Array(cellCount(geometry)).fill(Number.NaN);
    this.#conductances = this.#before.slice();
  }

  add({ result }: RunEvent): void {
    this.#joules += result.cost.joules;
    this.#seconds += result.cost.seconds;
    this.#count(result);
  }

  #count(result: OperationResult): void {
    switch (result.kind) {
      case 'pulse':
        this.#pulses++;
        break;
      case 'read':
        this.#reads += result.readings.length;
        for (const { cell, conductance } of result.readings) {
          this.#record(cellIndex(this.#geometry, cell), conductance, conductance);
        }
        break;
      case 'frame':
      case 'wait':
        break;
      case 'programVerify':
        for (const cell of result.cells) {
          this.#pulses += cell.trace.length;
          this.#reads += cell.reads;
          const index = cellIndex(this.#geometry, cell.cell);
          this.#cells.set(index, cell);
          this.#record(index, cell.before, cell.conductance);
        }
    }
  }

  #record(index: number, first: Siemens, last: Siemens): void {
    if (Number.isNaN(this.#before[index]!)) {
      this.#before[index] = first;
    }
    this.#conductances[index] = last;
  }

  /** First conductance read of every cell, [wordLines x bitLines] in siemens; NaN where a cell was not read. */
  before(): Float64Array {
    return this.#before.slice();
  }

  /** Last conductance read of every cell, [wordLines x bitLines] in siemens; NaN where a cell was not read. */
  conductances(): Float64Array {
    return this.#conductances.slice();
  }

  summary(): RunSummary {
    const counts = new Map<Verdict, number>();
    for (const { outcome } of this.#cells.values()) {
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    return {
      cells: this.#cells.size,
      converged: counts.get('converged') ?? 0,
      gaveUp: counts.get('gave-up') ?? 0,
      stuckHigh: counts.get('stuck-high') ?? 0,
      stuckLow: counts.get('stuck-low') ?? 0,
      unreachable: counts.get('unreachable') ?? 0,
      pulses: this.#pulses,
      reads: this.#reads,
      energyJoules: this.#joules,
      hardwareSeconds: this.#seconds,
    };
  }
}
