import { planLab } from '../lab/plan-lab.ts';
import { recordRun } from '../lab/record-run.ts';
import type { WordAveraging } from '../network/word-averaging.ts';
import { runProgram } from '../run/engine.ts';
import { RunControl } from '../run/run-control.ts';
import type { RunSummary } from '../run/run-record.ts';
import { RunTotals } from '../run/run-totals.ts';
import { targetsOf, type TextArray } from './text-array.ts';

/** How a network that was programmed or trained on an array ended. */
export interface ProgrammedArray {
  readonly status: 'done' | 'interrupted';
  readonly summary: RunSummary;
  /** Last reading of every cell, siemens. */
  readonly readings: Float64Array;
}

/** Where the record of a run goes, and what may end it. */
export interface RecordPlace {
  readonly out: string;
  readonly command: string;
  readonly seed: number;
  readonly control: RunControl;
  readonly onProgress: (done: number) => void;
}

/**
 * Write the weights of a trained classifier into an array: planned, certified, executed and recorded as any program.
 *
 * @param place - run folder; without it nothing is recorded
 * @throws ScheduleError naming the first limit that the program would cross
 */
export async function convertToArray(
  array: TextArray,
  model: WordAveraging,
  place?: RecordPlace,
): Promise<ProgrammedArray> {
  const { lab, geometry, backend } = array;
  const targets = targetsOf(array, model.weights);
  const program = planLab(lab, targets, geometry);
  if (place === undefined) {
    const totals = new RunTotals(geometry);
    const journal = { append: totals.add.bind(totals) };
    const status = await runProgram({
      backend,
      program,
      journal,
      control: new RunControl(),
      device: lab.knowledge,
    });
    return { status, summary: totals.summary(), readings: totals.conductances() };
  }
  const { operations } = program.schedule;
  const run = await recordRun({
    ...place,
    lab,
    program,
    targets,
    backend,
    onOperation: ({ operation }) => place.onProgress((operation + 1) / operations.length),
  });
  return { status: run.status, summary: run.summary, readings: run.conductances };
}
