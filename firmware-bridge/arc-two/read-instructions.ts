import { UsageError } from '../../src/errors.ts';
import { channelMask } from './channel-mask.ts';
import type { Instruction } from './instruction.ts';

/** Where in the board's memory a read leaves its 64 words, and the flag that says that they are there. */
export interface ReadAddress {
  readonly data: number;
  readonly flag: number;
}

const flagBase = 0x7800_0000;
const flagBytes = 4;
const flagValue = 0xcafe_babe;

/**
 * The addresses of a read.
 *
 * @param slot - position of its flag
 * @param data - address for its words
 * @throws UsageError for a slot that is no small integer
 */
export function readAddress(slot: number, data: number): ReadAddress {
  if (!(Number.isInteger(slot) && slot >= 0 && slot < 1 << 20)) {
    throw new UsageError('arc-two-slot', `arc-two: found the slot ${slot}, expected 0 to ${(1 << 20) - 1}`);
  }
  return { data, flag: flagBase + flagBytes * slot };
}

/**
 * Measure the currents into some channels.
 *
 * @throws UsageError for a channel that the board does not have
 */
export function readCurrents(channels: readonly number[], { data, flag }: ReadAddress): Instruction {
  return { operation: 'currentRead', operands: [...channelMask(channels), data, flag, flagValue] };
}

/**
 * Measure the voltages of some channels.
 *
 * @param average - take 320 us instead of 10 us
 * @throws UsageError for a channel that the board does not have
 */
export function readVoltages(
  channels: readonly number[],
  average: boolean,
  { data, flag }: ReadAddress,
): Instruction {
  return {
    operation: 'voltageRead',
    operands: [...channelMask(channels), average ? 1 : 0, data, flag, flagValue],
  };
}
