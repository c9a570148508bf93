import { createGeometry, type Geometry } from '../array/geometry.ts';
import { runSession, type ArraySession } from '../lab/array-session.ts';
import type { Lab } from '../lab/lab.ts';
import { planSession } from '../lab/plan-session.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import type { ConductanceRange } from '../network/conductance-mapping.ts';
import { tempotronChange, type LabelledPattern, type TempotronTraining } from '../network/train-tempotron.ts';
import { RandomStream } from '../random.ts';
import type { Ohms } from '../units.ts';
import { runOnArray, type ProgrammedArray, type RecordPlace } from './run-on-array.ts';

const meanOhms: Ohms = 11_000;
/** Whole width of the spread from device to device before the first pulse. */
const spreadOhms: Ohms = 8000;
/** Updates whose pulses share one event of the record. */
const updatesPerOperation = 1000;

/** A tempotron that was trained on an array. */
export interface TempotronOnArray extends ProgrammedArray {
  /** Of the cells as they are in the end. */
  readonly weights: Float64Array;
  /** [inputs x 2], siemens. */
  readonly conductances: Float64Array;
  /** Number of wrong patterns in each pass. */
  readonly errors: readonly number[];
}

/** One word line an input, two cells a weight. */
export function pairGeometry(inputs: number): Geometry {
  return createGeometry(inputs, 2);
}

/**
 * Weights of pairs of cells: the difference of their conductances, over the width of the range.
 *
 * @param conductances - [inputs x 2], siemens
 */
export function pairWeights(conductances: Float64Array, { min, max }: ConductanceRange): Float64Array {
  return Float64Array.from(
    { length: conductances.length / 2 },
    (_, input) => (conductances[2 * input]! - conductances[2 * input + 1]!) / (max - min),
  );
}

/** Conductances of devices that were never pulsed. */
export function freshPairs(inputs: number, seed: number): Float64Array {
  const random = new RandomStream(seed, 'tempotron/initial-resistance');
  return Float64Array.from(
    { length: 2 * inputs },
    (_, cell) => 1 / (meanOhms + spreadOhms * (random.uniform(cell, 0) - 0.5)),
  );
}

/**
 * Train a tempotron on an emulated array, pattern by pattern: where it is wrong, the cells of each pair are asked to move
 * by half of the change each, and write-verify brings them there. The next pattern meets what they then hold.
 *
 * @throws ScheduleError naming the first limit that the worst case of the training would cross
 */
export async function trainTempotronOnArray(
  lab: Lab,
  range: ConductanceRange,
  samples: readonly LabelledPattern[],
  training: TempotronTraining,
  inputs: number,
  place: RecordPlace,
): Promise<TempotronOnArray> {
  const geometry = pairGeometry(inputs);
  const start = freshPairs(inputs, place.seed);
  const updates = samples.length * training.epochs;
  const program = planSession(lab, start, geometry, { updates, updatesPerOperation });
  const { backend, crossbar } = simulateLab(lab, geometry, place.seed, start);
  const errors: number[] = [];
  const targets = new Float64Array(start.length).fill(Number.NaN);
  const run = await runOnArray({ lab, geometry, backend }, program, targets, place, (engine) =>
    runSession(engine, updatesPerOperation, async (session) => {
      const held = () => pairWeights(crossbar.conductances(), range);
      await learn(session, samples, training, range, held, errors, place.onProgress);
    }),
  );
  const conductances = crossbar.conductances();
  return { ...run, weights: pairWeights(conductances, range), conductances, errors };
}

async function learn(
  session: ArraySession,
  samples: readonly LabelledPattern[],
  training: TempotronTraining,
  range: ConductanceRange,
  held: () => Float64Array,
  errors: number[],
  onProgress: (done: number) => void,
): Promise<void> {
  let weights = held();
  const change = new Float64Array(weights.length);
  const known = new Float64Array(2 * weights.length);
  await session.read(known);
  for (let epoch = 0; epoch < training.epochs && errors.at(-1) !== 0; epoch++) {
    let wrong = 0;
    for (const sample of samples) {
      if (session.interrupted) {
        return;
      }
      if (tempotronChange(training, weights, sample, change)) {
        wrong++;
        await session.update(wishes(known, change, range), known);
        weights = held();
      }
    }
    errors.push(wrong);
    onProgress((epoch + 1) / training.epochs);
  }
}

/** Half of each change for the one cell, half against it for the other; no wish for inputs without a change. */
function wishes(known: Float64Array, change: Float64Array, { min, max }: ConductanceRange): Float64Array {
  return known.map((conductance, cell) => {
    const asked = (change[cell >> 1]! * (max - min)) / 2;
    const wished = conductance + (cell % 2 === 0 ? asked : -asked);
    return asked === 0 ? Number.NaN : Math.min(Math.max(wished, min), max);
  });
}
