import type { Geometry } from '../array/geometry.ts';
import type { Lab } from '../lab/lab.ts';
import { recordRun } from '../lab/record-run.ts';
import type { Backend, CheckedProgram } from '../run/backend.ts';
import type { EngineOptions, RunStatus } from '../run/engine.ts';
import type { RunControl } from '../run/run-control.ts';
import type { RunSummary } from '../run/run-record.ts';
import { RunTotals } from '../run/run-totals.ts';

/** An array and what executes on it. */
export interface ArrayBench {
  readonly lab: Lab;
  readonly geometry: Geometry;
  readonly backend: Backend;
}

/** How a network that was programmed or trained on an array ended. */
export interface ProgrammedArray {
  readonly status: 'done' | 'interrupted';
  readonly summary: RunSummary;
  /** Last reading of every cell, siemens. */
  readonly readings: Float64Array;
}

/** Where the record of a run goes, and what may end it. */
export interface RecordPlace {
  /** Run folder; nothing is recorded without one. */
  readonly out: string | undefined;
  readonly command: string;
  readonly seed: number;
  readonly control: RunControl;
  readonly onProgress: (done: number) => void;
}

/**
 * Run a checked program on an array, with or without a record.
 *
 * @param targets - [wordLines x bitLines], siemens; NaN where a cell has no target of its own
 */
export async function runOnArray(
  { lab, geometry, backend }: ArrayBench,
  program: CheckedProgram,
  targets: Float64Array,
  { out, ...place }: RecordPlace,
  execute: (engine: EngineOptions) => Promise<RunStatus>,
): Promise<ProgrammedArray> {
  if (out === undefined) {
    const totals = new RunTotals(geometry);
    const { control } = place;
    const journal = { append: totals.add.bind(totals) };
    const status = await execute({ backend, program, journal, control, device: lab.knowledge });
    return { status, summary: totals.summary(), readings: totals.conductances() };
  }
  const run = await recordRun({ ...place, out, lab, program, targets, backend, execute });
  return { status: run.status, summary: run.summary, readings: run.conductances };
}
