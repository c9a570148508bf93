import { UsageError } from '../errors.ts';

/** Spikes of many inputs, as events in any order; an input may spike several times or never. */
export interface SpikePattern {
  /** [spikes], number of the input. */
  readonly inputs: Uint32Array;
  /** [spikes], seconds. */
  readonly times: Float64Array;
}

/**
 * Check that every spike has a time and belongs to one of the inputs.
 *
 * @throws UsageError for the first spike that does not
 */
export function requirePattern({ inputs, times }: SpikePattern, count: number): void {
  if (inputs.length !== times.length) {
    throw new UsageError(
      'spike-pattern',
      `spike pattern: found ${inputs.length} inputs and ${times.length} times, expected one of each a spike`,
    );
  }
  for (let spike = 0; spike < times.length; spike++) {
    if (!Number.isFinite(times[spike]!) || inputs[spike]! >= count) {
      throw new UsageError(
        'spike-pattern',
        `spike pattern: spike ${spike} is of input ${inputs[spike]!} at ${times[spike]!} s, ` +
          `expected an input below ${count} and a finite time`,
      );
    }
  }
}
