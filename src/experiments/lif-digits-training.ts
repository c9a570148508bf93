import type { Crossbar } from '../array/crossbar.ts';
import { createGeometry } from '../array/geometry.ts';
import { runSession, type ArraySession } from '../lab/array-session.ts';
import type { Lab } from '../lab/lab.ts';
import { planSession } from '../lab/plan-session.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import type { ConductanceRange } from '../network/conductance-mapping.ts';
import { BitLineConverter } from '../network/bit-line-converter.ts';
import { shuffledIndices } from '../network/softmax-regression.ts';
import { SpikeSensing } from '../network/spike-sensing.ts';
import { firingNeuron, winnerTakeAllError } from '../network/winner-take-all.ts';
import { RandomStream } from '../random.ts';
import type { Ohms, Siemens } from '../units.ts';
import { side, type BinaryDigits } from './lif-digits-data.ts';
import { runOnArray, type ProgrammedArray, type RecordPlace } from './run-on-array.ts';
import { lineResistances } from '../lab/line-resistances.ts';
import type { SynapsePeriphery } from './synapse-periphery.ts';

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
  /** The synapses as they are in the end. */
  readonly sums: SpikeSums;
}

/** Presents the pixels of a digit as spikes. What they meet is added up a neuron, siemens. */
export type SpikeSums = (pixels: Uint16Array, out: Float64Array) => void;

/** What the network learns in: what it holds, and how it is asked for something else. */
interface Synapses {
  readonly sums: SpikeSums;
  /** What is known of the conductances, siemens. */
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
  const sensing = new SpikeSensing({ geometry, volts: 1, seed });
  const sums: SpikeSums = (set, out) => sensing.sums(known, set, out);
  const online = await learn(digits, range, seed, {
    sums,
    known,
    update: async (targets) => {
      for (const [cell, target] of targets.entries()) {
        known[cell] = Number.isNaN(target) ? known[cell]! : target;
      }
    },
    interrupted: false,
  });
  return { online, conductances: known, sums };
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
  periphery: SynapsePeriphery,
  place: RecordPlace,
): Promise<ProgrammedArray & TrainedLif> {
  const { seed, onProgress } = place;
  const start = initialConductances(seed);
  const updates = digits.labels.length;
  const program = planSession(lab, start, geometry, { updates, updatesPerOperation });
  const { backend, crossbar } = simulateLab(lab, geometry, seed, start);
  const targets = new Float64Array(start.length).fill(Number.NaN);
  const sums = arraySums(lab, crossbar, digits, range, periphery, seed);
  let online = 0;
  const run = await runOnArray({ lab, geometry, backend }, program, targets, place, (engine) =>
    runSession(engine, updatesPerOperation, async (session) => {
      const { tolerance } = lab.config.program;
      const synapses = await sessionSynapses(session, tolerance, sums);
      online = await learn(digits, range, seed, synapses, onProgress);
    }),
  );
  return { ...run, online, conductances: crossbar.conductances(), sums: sums.of };
}

/** Spikes through cells, wires and converters. */
interface ArraySums {
  readonly of: SpikeSums;
  /** Cells were pulsed. */
  changed(): void;
}

function arraySums(
  lab: Lab,
  crossbar: Crossbar,
  { pixels }: BinaryDigits,
  { max }: ConductanceRange,
  { adcBits, readDisturb }: SynapsePeriphery,
  seed: number,
): ArraySums {
  const volts = Math.abs(lab.read.volts);
  const mostPixels = pixels.reduce((most, set) => Math.max(most, set.length), 1);
  const sensing = new SpikeSensing({
    geometry,
    volts,
    lines: lineResistances(lab),
    readNoise: lab.config.array.readNoise,
    converter: adcBits === undefined ? undefined : new BitLineConverter(adcBits, volts * max * mostPixels),
    seed,
  });
  let held: Float64Array | undefined;
  return {
    of(set, out) {
      held ??= crossbar.conductances();
      sensing.sums(held, set, out);
      if (readDisturb) {
        const wordVolts = new Float64Array(inputs);
        set.forEach((pixel) => (wordVolts[pixel] = lab.read.volts));
        crossbar.sense({ wordVolts, bitVolts: new Float64Array(neurons) }, lab.read.width);
        held = undefined;
      }
    },
    changed() {
      held = undefined;
    },
  };
}

/** Only what is known to be outside the tolerance of its wish is read again and pulsed. */
async function sessionSynapses(session: ArraySession, tolerance: number, sums: ArraySums): Promise<Synapses> {
  const known = new Float64Array(inputs * neurons);
  await session.read(known);
  return {
    sums: sums.of,
    known,
    async update(targets) {
      const asked = targets.map((target, cell) =>
        Math.abs(known[cell]! - target) > tolerance * target ? target : Number.NaN,
      );
      await session.update(asked, known);
      sums.changed();
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
    synapses.sums(set, membranes);
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
export function lifAccuracy(sums: SpikeSums, { pixels, labels }: BinaryDigits): number {
  const membranes = new Float64Array(neurons);
  const right = pixels.reduce((count, set, digit) => {
    sums(set, membranes);
    return count + (firingNeuron(membranes, threshold) === labels[digit] ? 1 : 0);
  }, 0);
  return right / labels.length;
}
