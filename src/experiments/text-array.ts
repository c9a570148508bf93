import { cellCount, createGeometry, type Geometry } from '../array/geometry.ts';
import { UsageError } from '../errors.ts';
import type { Lab } from '../lab/lab.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import type { ConductanceRange } from '../network/conductance-mapping.ts';
import {
  conductancesToUnitWeights,
  unitWeightScatter,
  unitWeightsToConductances,
} from '../network/unit-weights.ts';
import { RandomStream } from '../random.ts';
import type { Backend } from '../run/backend.ts';
import type { Dimensionless, Ohms } from '../units.ts';
import type { ArrayBench } from './run-on-array.ts';

/** An array whose cells hold the weights of one neuron, row by row, and the way to program it. */
export interface TextArray extends ArrayBench {
  /** Conductances that stand for a weight of 0 and of 1. */
  readonly range: ConductanceRange;
  /** Half width of the scatter of one read, over the conductance. */
  readonly readNoise: Dimensionless;
  /**
   * Conductances that spikes meet, siemens: those of the emulated cells, without the noise that each read adds. Of a
   * real array nothing is known but what was read last, `readings`.
   */
  conductances(readings: Float64Array): Float64Array;
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
 * @throws UsageError for an array with another number of cells, or a read noise that is not uniform
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729
 */
export async function openTextArray(
  lab: Lab,
  weights: number,
  seed: number,
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
  const common = { lab, geometry, range, readNoise: readNoise.relative };
  if (connect !== undefined) {
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
    conductances: () => crossbar.conductances(),
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

/** The weights that spikes meet, and the scatter of each read of them where there is any. */
export function synapsesOf(
  array: TextArray,
  readings: Float64Array,
): { readonly weights: Float64Array; readonly scatter?: Float64Array } {
  const conductances = array.conductances(readings);
  const weights = conductancesToUnitWeights(conductances, array.range);
  return array.readNoise === 0
    ? { weights }
    : { weights, scatter: unitWeightScatter(conductances, array.readNoise, array.range) };
}

function initialConductances(cells: number, seed: number): Float64Array {
  const random = new RandomStream(seed, 'text-classification/initial-resistance');
  return Float64Array.from(
    { length: cells },
    (_, cell) => 1 / (meanOhms + spreadOhms * (random.uniform(cell, 0) - 0.5)),
  );
}
