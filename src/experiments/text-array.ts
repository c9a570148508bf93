import type { Crossbar } from '../array/crossbar.ts';
import { cellCount, createGeometry, type Geometry } from '../array/geometry.ts';
import { UsageError } from '../errors.ts';
import type { Lab } from '../lab/lab.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import type { ConductanceRange } from '../network/conductance-mapping.ts';
import type { LineResistances } from '../array/sensed-array.ts';
import { unitWeightsToConductances } from '../network/unit-weights.ts';
import { RandomStream } from '../random.ts';
import type { Backend } from '../run/backend.ts';
import type { Dimensionless, Ohms, Seconds } from '../units.ts';
import type { ArrayBench } from './run-on-array.ts';
import { lineResistances } from '../lab/line-resistances.ts';
import { requireEmulated, type SynapsePeriphery } from './synapse-periphery.ts';

/** An array whose cells hold the weights of one neuron, row by row, and the way to program it. */
export interface TextArray extends ArrayBench {
  /** Conductances that stand for a weight of 0 and of 1. */
  readonly range: ConductanceRange;
  /** Half width of the scatter of one read, over the conductance. */
  readonly readNoise: Dimensionless;
  readonly periphery: SynapsePeriphery;
  /** Wires that the spikes pass; none where they are ideal, or where the cells are not emulated. */
  readonly lines?: LineResistances | undefined;
  /**
   * Conductances that spikes meet, siemens: those of the emulated cells, without the noise that each read adds. Of a
   * real array nothing is known but what was read last, `readings`.
   */
  conductances(readings: Float64Array): Float64Array;
  /**
   * Move the cells by the spikes of one presentation; none where spikes do not disturb.
   *
   * @param input - probability of a spike in each of so many steps
   */
  readonly disturb?: ((input: Float64Array, steps: number) => void) | undefined;
  /** Close what was opened. */
  close(): Promise<void>;
}

/** Opens a backend in place of the emulated array; the connection is closed by whoever asked for it. */
export type ConnectBackend = (
  lab: Lab,
  geometry: Geometry,
) => Promise<{ readonly backend: Backend; close(): Promise<void> }>;

const meanOhms: Ohms = 11_000;
/** Whole width of the spread from device to device before the first pulse. */
const spreadOhms: Ohms = 8_000;

/**
 * Make ready an array with one cell a weight, emulated unless a backend is given. The emulated cells start at
 * 11 kohm + U(-0.5, 0.5) x 8 kohm.
 *
 * @throws UsageError for an array with another number of cells, a read noise that is not uniform, or a backend whose
 * cells spikes cannot disturb
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729
 */
export async function openTextArray(
  lab: Lab,
  weights: number,
  seed: number,
  periphery: SynapsePeriphery,
  connect?: ConnectBackend,
): Promise<TextArray> {
  const { wordLines = 1, bitLines = weights, readNoise } = lab.config.array;
  const geometry = createGeometry(wordLines, bitLines);
  if (cellCount(geometry) !== weights) {
    throw new UsageError(
      'text-array',
      `array: found ${wordLines} x ${bitLines} cells, expected one for each of ${weights} weights`,
    );
  }
  if (readNoise.relative !== 0 && readNoise.distribution !== 'uniform') {
    throw new UsageError(
      'read-noise',
      `array.readNoise: found a ${readNoise.distribution} distribution, expected a uniform one`,
    );
  }
  const range = lab.config.program.range ?? lab.device.set.conductance;
  const common = { lab, geometry, range, readNoise: readNoise.relative, periphery };
  if (connect !== undefined) {
    requireEmulated(periphery);
    const connection = await connect(lab, geometry);
    return {
      ...common,
      backend: connection.backend,
      conductances: (readings) => readings,
      close: () => connection.close(),
    };
  }
  const { backend, crossbar } = simulateLab(lab, geometry, seed, initialConductances(weights, seed));
  return {
    ...common,
    backend,
    lines: lineResistances(lab),
    conductances: () => crossbar.conductances(),
    disturb: periphery.readDisturb
      ? (input, steps) =>
          disturbBySpikes(crossbar, lab, drivenSeconds(geometry, input, steps * lab.read.width))
      : undefined,
    close: () => backend.close(),
  };
}

/**
 * Conductances that stand for weights. A weight whose conductance the device cannot take gets the nearest that it can:
 * a target outside would be left alone as unreachable.
 *
 * @returns siemens
 */
export function targetsOf({ range, lab }: TextArray, weights: Float64Array): Float64Array {
  const { min, max } = lab.knowledge.range;
  return unitWeightsToConductances(weights, range).map((target) => Math.min(Math.max(target, min), max));
}

/** Expected time for which the spikes of all cells of a word line drive it. */
function drivenSeconds(
  { wordLines, bitLines }: Geometry,
  input: Float64Array,
  window: Seconds,
): Float64Array {
  return Float64Array.from({ length: wordLines }, (_, word) =>
    input
      .subarray(word * bitLines, (word + 1) * bitLines)
      .reduce((total, probability) => total + window * probability, 0),
  );
}

/**
 * Let spikes move the cells: a driven word line puts the read voltage over all of its cells, as the bit lines are held
 * at 0 V. The cells move by what all the time of a presentation does to them, one word line after the other.
 *
 * @param seconds - [wordLines], time for which each word line is driven
 */
function disturbBySpikes(crossbar: Crossbar, { read }: Lab, seconds: ArrayLike<Seconds>): void {
  const { wordLines, bitLines } = crossbar.geometry;
  const bitVolts = new Float64Array(bitLines);
  for (let word = 0; word < wordLines; word++) {
    if (seconds[word]! > 0) {
      const wordVolts = new Float64Array(wordLines);
      wordVolts[word] = read.volts;
      crossbar.sense({ wordVolts, bitVolts }, seconds[word]!);
    }
  }
}

function initialConductances(cells: number, seed: number): Float64Array {
  const random = new RandomStream(seed, 'text-classification/initial-resistance');
  return Float64Array.from(
    { length: cells },
    (_, cell) => 1 / (meanOhms + spreadOhms * (random.uniform(cell, 0) - 0.5)),
  );
}
