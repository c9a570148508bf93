import type { Lab } from '../lab/lab.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import type { CheckedProgram } from '../run/backend.ts';
import { runProgram } from '../run/engine.ts';
import { RunControl } from '../run/run-control.ts';
import type { RunSummary } from '../run/run-record.ts';
import { RunTotals } from '../run/run-totals.ts';

/** What a program takes on the emulated array, without keeping a record. */
export async function predictRun(
  lab: Lab,
  program: CheckedProgram,
  seed: number,
): Promise<{ summary: RunSummary }> {
  const { geometry } = program.schedule;
  const totals = new RunTotals(geometry);
  await runProgram({
    backend: simulateLab(lab, geometry, seed).backend,
    program,
    journal: { append: (event) => totals.add(event) },
    control: new RunControl(),
    device: lab.knowledge,
  });
  return { summary: totals.summary() };
}
