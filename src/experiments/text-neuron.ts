import { BitLineConverter } from '../network/bit-line-converter.ts';
import { LineSensedNeuron } from '../network/line-sensed-neuron.ts';
import { RateCodedNeuron } from '../network/rate-coded-neuron.ts';
import { wiredConductances } from '../array/wired-conductances.ts';
import { conductancesToUnitWeights, unitWeightScatter } from '../network/unit-weights.ts';
import type { TextArray } from './text-array.ts';

/** How spike trains are drawn and counted. */
export interface TextNeuronOptions {
  readonly steps: number;
  readonly threshold: number;
  /** Added to the membrane in every step; 0 if left out. */
  readonly bias?: number;
  readonly seed: number;
  readonly stream: string;
}

/** The neuron whose synapses are the cells of an array. */
export interface TextNeuron {
  /**
   * Take what the cells now hold.
   *
   * @param readings - last known conductances, siemens
   */
  meet(readings: Float64Array): void;
  /**
   * Share of the steps in which the neuron spikes.
   *
   * @param input - probability of a spike in a step
   * @param sample - number of the input among all that are presented; it keys the draws
   */
  rate(input: Float64Array, sample: number): number;
}

/** Put a neuron behind an array: behind its converters, or where the currents of all cells add up as they are. */
export function openTextNeuron(array: TextArray, options: TextNeuronOptions): TextNeuron {
  return array.periphery.adcBits === undefined
    ? currentNeuron(array, options)
    : convertedNeuron(array, array.periphery.adcBits, options);
}

function currentNeuron(array: TextArray, options: TextNeuronOptions): TextNeuron {
  const { geometry, range, readNoise } = array;
  const neuron = new RateCodedNeuron({ ...options, inputs: geometry.wordLines * geometry.bitLines });
  return {
    meet(readings) {
      const arriving = arrivingOf(array, readings);
      neuron.setWeights(
        conductancesToUnitWeights(arriving, range),
        readNoise === 0 ? undefined : unitWeightScatter(arriving, readNoise, range),
      );
    },
    rate: (input, sample) => neuron.rate(input, sample),
  };
}

function convertedNeuron(array: TextArray, adcBits: number, options: TextNeuronOptions): TextNeuron {
  const { geometry, range, readNoise, lab } = array;
  const { volts } = lab.read;
  // No bit line carries more than all of its cells at a weight of 1.
  const converter = new BitLineConverter(adcBits, Math.abs(volts) * range.max * geometry.wordLines);
  const neuron = new LineSensedNeuron({ ...options, geometry, range, volts: Math.abs(volts), converter });
  return {
    meet(readings) {
      const arriving = arrivingOf(array, readings);
      const scatter = readNoise === 0 ? undefined : arriving.map((conductance) => readNoise * conductance);
      neuron.setConductances(arriving, scatter);
    },
    rate: (input, sample) => neuron.rate(input, sample),
  };
}

/** Conductances as they arrive at the bottom of the bit lines. A read of one cell scatters by its share of them. */
function arrivingOf(array: TextArray, readings: Float64Array): Float64Array {
  const conductances = array.conductances(readings);
  return array.lines === undefined
    ? conductances
    : wiredConductances({ geometry: array.geometry, ...array.lines }, conductances);
}
