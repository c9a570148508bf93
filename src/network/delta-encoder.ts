import { UsageError } from '../errors.ts';

/** Moves beyond this many thresholds are refused, so that levels and spike counts stay exact 32-bit integers. */
const mostLevels = 2 ** 30;

/**
 * Encode a signal by its changes: a spike of +1 or -1 for every threshold by which it moved since the last spike, and
 * the reference moves with it. Where a sample jumps by several thresholds, it gives several spikes.
 *
 * @param signal - [samples]; the first is the reference at the start
 * @param threshold - in the unit of the signal
 * @returns [samples], number of spikes at each sample, negative where the signal falls
 * @throws UsageError for a threshold that is not positive, a sample that is not finite, or one more than 2^30
 * thresholds away from the first
 * @source asynchronous delta modulator, F. Corradi, G. Indiveri, IEEE Trans. Biomed. Circuits Syst. 9, 699 (2015),
 * doi 10.1109/TBCAS.2015.2479256
 * @example
 * Array.from(encodeDelta(Float64Array.of(1, 1.25, 2.25, 1.5), 0.5)); // [0, 0, 2, -1]
 */
export function encodeDelta(signal: Float64Array, threshold: number): Int32Array {
  requireThreshold(threshold);
  const start = signal[0] ?? 0;
  const spikes = new Int32Array(signal.length);
  let level = 0;
  for (let sample = 0; sample < signal.length; sample++) {
    const height = (signal[sample]! - start) / threshold;
    if (!(Math.abs(height) <= mostLevels)) {
      throw new UsageError(
        'delta-sample',
        `delta code: sample ${sample} is ${signal[sample]!}, expected a number within 2^30 thresholds of ` +
          `${threshold} from the first, ${start}`,
      );
    }
    spikes[sample] = Math.trunc(height - level);
    level += spikes[sample]!;
  }
  return spikes;
}

/**
 * Reconstruct a signal from the spikes of its changes. It is off by less than the threshold everywhere.
 *
 * @param spikes - [samples], as `encodeDelta` gives them
 * @param start - first sample of the signal
 * @throws UsageError for a threshold that is not positive, or a start that is not finite
 * @example
 * Array.from(decodeDelta(Int32Array.of(0, 0, 2, -1), 1, 0.5)); // [1, 1, 2, 1.5]
 */
export function decodeDelta(spikes: Int32Array, start: number, threshold: number): Float64Array {
  requireThreshold(threshold);
  if (!Number.isFinite(start)) {
    throw new UsageError('delta-start', `delta code: start is ${start}, expected a finite number`);
  }
  let level = 0;
  return Float64Array.from(spikes, (count) => {
    level += count;
    return start + level * threshold;
  });
}

function requireThreshold(threshold: number): void {
  if (!(threshold > 0 && Number.isFinite(threshold))) {
    throw new UsageError(
      'delta-threshold',
      `delta code: threshold is ${threshold}, expected a positive number`,
    );
  }
}
