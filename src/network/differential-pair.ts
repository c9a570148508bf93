import { createGeometry } from '../array/geometry.ts';
import { largestMagnitude, type WeightLayout } from './conductance-mapping.ts';

/**
 * Two cells a weight, on neighbouring bit lines: one carries the positive part above the lowest conductance,
 * the other the negative part, and the output is the difference of the two currents.
 */
export const differentialPair: WeightLayout = {
  name: 'differential-pair',

  map(weights, inputs, outputs, range) {
    const geometry = createGeometry(inputs, 2 * outputs);
    const siemensPerUnit = (range.max - range.min) / largestMagnitude(weights);
    const targets = new Float64Array(2 * weights.length);
    for (const [index, weight] of weights.entries()) {
      targets[2 * index] = range.min + Math.max(weight, 0) * siemensPerUnit;
      targets[2 * index + 1] = range.min + Math.max(-weight, 0) * siemensPerUnit;
    }
    return { geometry, targets, siemensPerUnit };
  },

  outputs({ siemensPerUnit }, bitCurrents, voltsPerUnit) {
    const scale = 1 / (siemensPerUnit * voltsPerUnit);
    return Float64Array.from(
      { length: bitCurrents.length / 2 },
      (_, output) => (bitCurrents[2 * output]! - bitCurrents[2 * output + 1]!) * scale,
    );
  },
};
