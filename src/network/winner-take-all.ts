/**
 * Let integrate-and-fire neurons compete: of those whose membrane is above the threshold, only the highest fires.
 *
 * @returns number of the neuron, the first on a tie; -1 when none is above the threshold
 * @example
 * firingNeuron(Float64Array.of(0.4, 1.5, 1.2), 1); // 1
 */
export function firingNeuron(membranes: Float64Array, threshold: number): number {
  let winner = -1;
  let highest = threshold;
  for (let neuron = 0; neuron < membranes.length; neuron++) {
    if (membranes[neuron]! > highest) {
      highest = membranes[neuron]!;
      winner = neuron;
    }
  }
  return winner;
}

/**
 * Error of neurons that compete, when another neuron than the labelled one fired: softmax of the membranes of the
 * neurons that fired, the others at rest, less the label.
 *
 * @param winner - neuron that fired, or -1
 * @param out - receives [neurons]
 * @source J. Huang et al., Front. Nanotechnol. 4 (2022), doi 10.3389/fnano.2022.851856
 * @example
 * const error = new Float64Array(2);
 * winnerTakeAllError(Float64Array.of(0, 0), 0, 1, error); // 0.5, -0.5
 */
export function winnerTakeAllError(
  membranes: Float64Array,
  winner: number,
  label: number,
  out: Float64Array,
): void {
  const fired = winner < 0 ? 0 : membranes[winner]!;
  // At rest is 0; the largest is taken off, so that no power overflows.
  const largest = Math.max(fired, 0);
  let sum = 0;
  for (let neuron = 0; neuron < out.length; neuron++) {
    out[neuron] = Math.exp((neuron === winner ? fired : 0) - largest);
    sum += out[neuron]!;
  }
  for (let neuron = 0; neuron < out.length; neuron++) {
    out[neuron] = out[neuron]! / sum - (neuron === label ? 1 : 0);
  }
}
