import { planLab } from '../lab/plan-lab.ts';
import type { WordAveraging } from '../network/word-averaging.ts';
import { runProgram } from '../run/engine.ts';
import { runOnArray, type ProgrammedArray, type RecordPlace } from './run-on-array.ts';
import { targetsOf, type TextArray } from './text-array.ts';

/**
 * Write the weights of a trained classifier into an array: planned, certified, executed and recorded as any program.
 *
 * @throws ScheduleError naming the first limit that the program would cross
 */
export function convertToArray(
  array: TextArray,
  model: WordAveraging,
  place: RecordPlace,
): Promise<ProgrammedArray> {
  const targets = targetsOf(array, model.weights);
  const program = planLab(array.lab, targets, array.geometry);
  const { operations } = program.schedule;
  return runOnArray(array, program, targets, place, (engine) =>
    runProgram({
      ...engine,
      onOperation: (event) => {
        engine.onOperation?.(event);
        place.onProgress((event.operation + 1) / operations.length);
      },
    }),
  );
}
