/**
 * The hot loops of spiking networks, in float32. All arguments but counts and constants are byte addresses of arrays
 * that begin at multiples of 16.
 */
export interface EventKernel {
  /**
   * Draw the spikes of Bernoulli inputs in one step and list them.
   *
   * @param thresholds - u16 [inputs], probability times 65,536; a multiple of 32 inputs
   * @param events - i32 [inputs], receives for each spike its input times `rowBytes`
   * @returns number of spikes
   */
  encode(
    thresholds: number,
    inputs: number,
    step: number,
    sample: number,
    high: number,
    key0: number,
    key1: number,
    events: number,
    rowBytes: number,
  ): number;
  /**
   * Add the rows of a weight matrix that a list of events names to a vector of currents.
   *
   * @param weights - f32 [rows x outputs]; a multiple of 4 outputs
   * @param events - i32 [count], byte offsets of rows
   * @param currents - f32 [outputs]
   */
  propagate(weights: number, events: number, count: number, currents: number, outputs: number): void;
  /**
   * One step of leaky integrate-and-fire neurons with soft reset: v <- decay v + i; where v >= threshold, spike and
   * v <- v - threshold. Currents are cleared.
   *
   * @param membranes - f32 [neurons]; a multiple of 4 neurons
   * @param currents - f32 [neurons]
   * @param events - i32 [neurons], receives for each spike its neuron times `rowBytes`
   * @param counts - i32 [neurons], incremented for each spike; none if 0
   * @returns number of spikes
   */
  fire(
    membranes: number,
    currents: number,
    neurons: number,
    decay: number,
    threshold: number,
    events: number,
    rowBytes: number,
    counts: number,
  ): number;
  /**
   * Read weights anew with a uniform scatter, held in 0 to 1.
   *
   * @param weights - f32 [inputs]; a multiple of 32 inputs
   * @param scatter - f32 [inputs], half width of the scatter
   * @param out - f32 [inputs]
   */
  scatterWeights(
    weights: number,
    scatter: number,
    out: number,
    inputs: number,
    step: number,
    sample: number,
    high: number,
    key0: number,
    key1: number,
  ): void;
  /**
   * Count the spikes of one integrate-and-fire neuron with soft reset whose inputs are Bernoulli spike trains: it
   * spikes where v > threshold, and v <- v - threshold.
   *
   * @param thresholds - u16 [inputs], probability times 65,536; a multiple of 32 inputs
   * @param weights - f32 [inputs]
   * @param scatter - f32 [inputs], half width of the uniform scatter of each read of a weight, which is then held in 0
   * to 1; none if 0
   * @param scratch - f32 [inputs], used with scatter
   * @param bias - added to the membrane in every step
   */
  countSpikes(
    thresholds: number,
    weights: number,
    scatter: number,
    scratch: number,
    inputs: number,
    steps: number,
    threshold: number,
    bias: number,
    sample: number,
    high: number,
    key0: number,
    key1: number,
  ): number;
}

/** A kernel with the memory that its addresses mean. */
export interface OpenEventKernel {
  readonly exports: EventKernel;
  readonly memory: { readonly buffer: ArrayBuffer };
}
