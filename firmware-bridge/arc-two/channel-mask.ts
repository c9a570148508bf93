import { UsageError } from '../../src/errors.ts';
import { arcTwoLimits } from './limits.ts';

/**
 * Write a set of channels as two words, channels 32 to 63 first.
 *
 * @throws UsageError for a channel that the board does not have
 * @example
 * channelMask([31, 0, 62]); // [0x40000000, 0x80000001]
 */
export function channelMask(channels: readonly number[]): [number, number] {
  const mask: [number, number] = [0, 0];
  for (const channel of channels) {
    requireIndex('channel', channel, arcTwoLimits.channels);
    const word = channel < 32 ? 1 : 0;
    mask[word] = (mask[word] | (1 << (channel % 32))) >>> 0;
  }
  return mask;
}

/** @throws UsageError unless the number is an integer from 0 to `count - 1` */
export function requireIndex(what: string, index: number, count: number): void {
  if (!(Number.isInteger(index) && index >= 0 && index < count)) {
    throw new UsageError('arc-two-index', `arc-two: found ${what} ${index}, expected 0 to ${count - 1}`);
  }
}
