import { createGeometry } from '../array/geometry.ts';
import { runSession, type ArraySession } from '../lab/array-session.ts';
import type { Lab } from '../lab/lab.ts';
import { planSession } from '../lab/plan-session.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import type { ConductanceRange } from '../network/conductance-mapping.ts';
import { shuffledIndices } from '../network/softmax-regression.ts';
import { firingNeuron, winnerTakeAllError } from '../network/winner-take-all.ts';
import { RandomStream } from '../random.ts';
import type { Ohms, Siemens } from '../units.ts';
import { side, type BinaryDigits } from './lif-digits-data.ts';
import { runOnArray, type ProgrammedArray, type RecordPlace } from './run-on-array.ts';

const inputs = side ** 2;
const neurons = 10;
export const geometry = createGeometry(inputs, neurons);

/** Membrane above which a neuron can fire: the weight is the conductance itself. */
const threshold: Siemens = 1e-3;
const learningRate: Siemens = 3.5e-6;
const meanOhms: Ohms = 11_000;
/** Whole width of the spread from device to device before the first pulse. */
const spreadOhms: Ohms = 1000;
/** Updates whose pulses share one event of the record. */
const updatesPerOperation = 1000;

/** A network after one pass over its training digits. */
export interface TrainedLif {
  /** Share of the digits that it got right as they came, before it learnt from them. */
  readonly online: number;
  /** [inputs x neurons], siemens. */
  readonly conductances: Float64Array;
}

/** What the network learns in: what it holds, and how it is asked for something else. */
interface Synapses {
  /** What spikes meet, siemens. */
  held(): Float64Array;
  /** What is known of it, siemens. */
  readonly known: Float64Array;
  update(targets: Float64Array): Promise<void>;
  readonly interrupted: boolean;
}

/** Conductances that the array starts from, and the network without one too. */
export function initialConductances(seed: number): Float64Array {
  const random = new RandomStream(seed, 'digits-lif/initial-resistance');
  return Float64Array.from(
    { length: inputs * neurons },
    (_, cell) => 1 / (meanOhms + spreadOhms * (random.uniform(cell, 0) - 0.5)),
  );
}

/** Train with numbers in place of memristors: what is asked for is what is held. */
export async function trainWithoutArray(
  digits: BinaryDigits,
  range: ConductanceRange,
  seed: number,
): Promise<TrainedLif> {
  const known = initialConductances(seed);
  const online = await learn(digits, range, seed, {
    held: () => known,
    known,
    update: async (targets) => {
      for (const [cell, target] of targets.entries()) {
        known[cell] = Number.isNaN(target) ? known[cell]! : target;
      }
    },
    interrupted: false,
  });
  return { online, conductances: known };
}

/**
 * Train on an emulated array: the rule asks for conductances, and write-verify brings the cells there within the
 * lab's tolerance.
 *
 * @throws ScheduleError naming the first limit that the worst case of the training would cross
 */
export async function trainOnLifArray(
  lab: Lab,
  digits: BinaryDigits,
  range: ConductanceRange,
  place: RecordPlace,
): Promise<ProgrammedArray & TrainedLif> {
  const { seed, onProgress } = place;
  const start = initialConductances(seed);
  const updates = digits.labels.length;
  const program = planSession(lab, start, geometry, { updates, updatesPerOperation });
  const { backend, crossbar } = simulateLab(lab, geometry, seed, start);
  const targets = new Float64Array(start.length).fill(Number.NaN);
  let online = 0;
  const run = await runOnArray({ lab, geometry, backend }, program, targets, place, (engine) =>
    runSession(engine, updatesPerOperation, async (session) => {
      const { tolerance } = lab.config.program;
      const synapses = await sessionSynapses(session, tolerance, () => crossbar.conductances());
      online = await learn(digits, range, seed, synapses, onProgress);
    }),
  );
  return { ...run, online, conductances: crossbar.conductances() };
}

/** Only what is known to be outside the tolerance of its wish is read again and pulsed. */
async function sessionSynapses(
  session: ArraySession,
  tolerance: number,
  read: () => Float64Array,
): Promise<Synapses> {
  const known = new Float64Array(inputs * neurons);
  await session.read(known);
  let held = read();
  return {
    held: () => held,
    known,
    async update(targets) {
      const asked = targets.map((target, cell) =>
        Math.abs(known[cell]! - target) > tolerance * target ? target : Number.NaN,
      );
      await session.update(asked, known);
      held = read();
    },
    get interrupted() {
      return session.interrupted;
    },
  };
}

/**
 * One pass over digits, one time step each, from rest: where another neuron than the labelled one fires, each weight of
 * a set pixel is asked to move against the error.
 *
 * @returns share of right answers before learning
 * @source J. Huang et al., Front. Nanotechnol. 4 (2022), doi 10.3389/fnano.2022.851856
 */
async function learn(
  { pixels, labels }: BinaryDigits,
  { min, max }: ConductanceRange,
  seed: number,
  synapses: Synapses,
  onProgress?: (done: number) => void,
): Promise<number> {
  const membranes = new Float64Array(neurons);
  const error = new Float64Array(neurons);
  const targets = new Float64Array(inputs * neurons);
  let right = 0;
  const order = shuffledIndices(labels.length, seed, 'digits-lif/order');
  for (const [position, digit] of order.entries()) {
    if (synapses.interrupted) {
      break;
    }
    const set = pixels[digit]!;
    integrate(synapses.held(), set, membranes);
    const winner = firingNeuron(membranes, threshold);
    if (winner === labels[digit]) {
      right += 1;
    } else {
      winnerTakeAllError(membranes, winner, labels[digit]!, error);
      targets.fill(Number.NaN);
      for (const pixel of set) {
        for (let neuron = 0, cell = pixel * neurons; neuron < neurons; neuron++, cell++) {
          const wished = synapses.known[cell]! - learningRate * error[neuron]!;
          targets[cell] = Math.min(Math.max(wished, min), max);
        }
      }
      await synapses.update(targets);
    }
    onProgress?.((position + 1) / labels.length);
  }
  return right / labels.length;
}

/** Share of digits whose labelled neuron fires. */
export function lifAccuracy(conductances: Float64Array, { pixels, labels }: BinaryDigits): number {
  const membranes = new Float64Array(neurons);
  const right = pixels.reduce((count, set, digit) => {
    integrate(conductances, set, membranes);
    return count + (firingNeuron(membranes, threshold) === labels[digit] ? 1 : 0);
  }, 0);
  return right / labels.length;
}

/** Membranes after one step from rest. */
function integrate(conductances: Float64Array, set: Uint16Array, membranes: Float64Array): void {
  membranes.fill(0);
  for (const pixel of set) {
    for (let neuron = 0; neuron < neurons; neuron++) {
      membranes[neuron]! += conductances[pixel * neurons + neuron]!;
    }
  }
}
