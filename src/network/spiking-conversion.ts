/**
 * Threshold of the neuron that stands for a classifier of weighted sum against offset: at twice the offset, a rate
 * above one half means a sum above the offset.
 *
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729
 * @example
 * offsetThreshold(25); // 50
 */
export function offsetThreshold(offset: number): number {
  return 2 * offset;
}

/**
 * Threshold balanced on data: the activation that so large a share of the training data does not exceed, so that
 * rates use the whole range and few saturate.
 *
 * @param activations - weighted sums of one layer on training data
 * @source P. U. Diehl et al., IJCNN 2015, doi 10.1109/IJCNN.2015.7280696, data-based normalisation; the share: B.
 * Rueckauer et al., Front. Neurosci. 11, 682 (2017), doi 10.3389/fnins.2017.00682
 * @example
 * balancedThreshold(Float64Array.of(3, 1, 2), 1); // 3
 */
export function balancedThreshold(activations: Float64Array, share = 0.999): number {
  const sorted = activations.slice().sort();
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? 0;
}

/**
 * Input that is added in every step so that counting whole spikes rounds to the nearest instead of down: it halves the
 * error of short spike trains.
 *
 * @source S. Deng, S. Gu, ICLR 2021, "Optimal conversion of conventional artificial neural networks to spiking neural
 * networks", the shift theta / 2T: an activation a is then reported as theta floor(T a / theta + 1/2) / T
 * @example
 * shiftPerStep(50, 100); // 0.25
 */
export function shiftPerStep(threshold: number, steps: number): number {
  return threshold / (2 * steps);
}
