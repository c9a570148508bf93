import { createGeometry } from '../array/geometry.ts';
import { largestMagnitude, type WeightLayout } from './conductance-mapping.ts';

/**
 * One cell a weight around the middle of the range, and one more bit line held at the middle whose current is
 * subtracted from every other. Half the cells of a differential pair, half the range for a weight.
 */
export const offsetColumn: WeightLayout = {
  name: 'offset-column',

  map(weights, inputs, outputs, range) {
    const geometry = createGeometry(inputs, outputs + 1);
    const middle = (range.min + range.max) / 2;
    const siemensPerUnit = (range.max - range.min) / 2 / largestMagnitude(weights);
    const targets = new Float64Array(inputs * (outputs + 1)).fill(middle);
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        const weight = weights[input * outputs + output]!;
        targets[input * (outputs + 1) + output] = middle + weight * siemensPerUnit;
      }
    }
    return { geometry, targets, siemensPerUnit };
  },

  outputs({ siemensPerUnit }, bitCurrents, voltsPerUnit) {
    const scale = 1 / (siemensPerUnit * voltsPerUnit);
    const outputs = bitCurrents.length - 1;
    const reference = bitCurrents[outputs]!;
    return Float64Array.from({ length: outputs }, (_, output) => (bitCurrents[output]! - reference) * scale);
  },
};
