import type { Crossbar } from '../array/crossbar.ts';
import { CellParameters } from '../array/device-spread.ts';
import { cellCount } from '../array/geometry.ts';
import { areReadsProducts } from '../array/ohmic-reads.ts';
import { wiredConductances } from '../array/wired-conductances.ts';
import { lineResistances } from '../lab/line-resistances.ts';
import type { Lab } from '../lab/lab.ts';
import type { MappedWeights, WeightLayout } from '../network/conductance-mapping.ts';
import { CrossbarLayer } from '../network/crossbar-layer.ts';
import { InferenceLayer } from '../network/inference-layer.ts';

export interface ReadLayerOptions {
  readonly lab: Lab;
  /** The lab's array, programmed. */
  readonly crossbar: Crossbar;
  readonly layout: WeightLayout;
  readonly mapped: MappedWeights;
  readonly dacBits: number;
  readonly adcBits: number;
  /** Of the array and the lab. */
  readonly seed: number;
  /** Rows of [wordLines], each from 0 to 1: the converters are calibrated with them. */
  readonly calibration: Iterable<Float64Array>;
}

/**
 * Open a programmed array as a layer of a network, and calibrate its converters. Where reads leave its cells as they are, and are products with a
 * matrix, they are computed as such; else every read is one of the array, with its disturb. Both find the same to
 * float32.
 */
export function openReadLayer(options: ReadLayerOptions): CrossbarLayer | InferenceLayer {
  const { lab, crossbar, layout, mapped, dacBits, adcBits, seed } = options;
  const shared = { layout, mapped, voltsPerUnit: lab.read.volts, dacBits, seed };
  const layer = new CrossbarLayer({ ...shared, adcBits, crossbar, width: lab.read.width });
  layer.calibrate(options.calibration);
  const conductances = matrixOf(options);
  return conductances === null
    ? layer
    : new InferenceLayer({
        ...shared,
        conductances,
        readNoise: lab.config.array.readNoise,
        readChannel: layer.readChannel,
        event: crossbar.events,
      });
}

/** Null where a read is more than a product. */
function matrixOf({ lab, crossbar, seed }: ReadLayerOptions): Float64Array | null {
  const { model, parameters } = lab.device;
  const { readNoise, deviceToDevice } = lab.config.array;
  const { geometry } = crossbar;
  const lines = lineResistances(lab);
  if (lines !== undefined && readNoise.relative > 0) {
    // Noise of cells between resistive wires is not noise of the matrix.
    return null;
  }
  const cells = {
    model,
    parameters: new CellParameters(model.parameters, parameters, deviceToDevice, cellCount(geometry), seed),
    states: crossbar.states(),
  };
  // Between resistive wires a bit line may be above a word line that is at 0 V.
  const lowest = lines === undefined ? 0 : -lab.read.volts;
  if (!areReadsProducts(cells, lowest, lab.read.volts)) {
    return null;
  }
  const conductances = crossbar.conductances();
  return lines === undefined ? conductances : wiredConductances({ geometry, ...lines }, conductances);
}
