import { channelMask, requireIndex } from './channel-mask.ts';
import type { Instruction } from './instruction.ts';
import { arcTwoLimits } from './limits.ts';

/** What a channel is connected to; `keep` leaves it as it was. */
export const channelStates = { keep: 0, open: 1, arbitraryVoltage: 2, highSpeed: 3 } as const;

export type ChannelState = keyof typeof channelStates;

const bitsPerState = 2;
const statesPerWord = 32 / bitsPerState;

/** The current source off, its digital potentiometer at about 11 kohm: what the open host starts from. */
const idleSource = 0x7340_0000;

/** Bits of the selectors 0 to 31. */
const selectorBits = [
  4, 5, 6, 7, 3, 2, 1, 0, 12, 13, 14, 15, 11, 10, 9, 8, 16, 17, 18, 19, 23, 22, 21, 20, 24, 25, 26, 27, 31,
  30, 29, 28,
] as const;

/**
 * Connect the channels.
 *
 * @param states - of some channels
 * @param others - of all other channels
 * @throws UsageError for a channel that the board does not have
 * @example
 * updateChannels(new Map(), 'arbitraryVoltage').operands[3]; // 0xaaaaaaaa
 */
export function updateChannels(
  states: ReadonlyMap<number, ChannelState>,
  others: ChannelState = 'keep',
): Instruction {
  for (const channel of states.keys()) {
    requireIndex('channel', channel, arcTwoLimits.channels);
  }
  const configuration = [0, 0, 0, 0];
  for (let channel = 0; channel < arcTwoLimits.channels; channel++) {
    const code = channelStates[states.get(channel) ?? others];
    const word = configuration.length - 1 - Math.floor(channel / statesPerWord);
    const shifted = code << (bitsPerState * (channel % statesPerWord));
    configuration[word] = (configuration[word]! | shifted) >>> 0;
  }
  return { operation: 'updateChannel', operands: [idleSource, 0, 0, ...configuration] };
}

/**
 * Connect channels to ground, to ground through a capacitor, or to the current source; all others to none of them.
 *
 * @throws UsageError for a channel that the board does not have
 */
export function groundChannels(
  grounded: readonly number[],
  capacitive: readonly number[] = [],
  currentSource: readonly number[] = [],
): Instruction {
  const masks = [grounded, capacitive, currentSource].flatMap((channels) => channelMask(channels));
  return { operation: 'modifyChannel', operands: [0, ...masks] };
}

/**
 * Connect feedback resistors before a channel is driven or read, so that it does not jump.
 *
 * @throws UsageError for a channel that the board does not have
 */
export function prepareAmplifiers(channels: readonly number[]): Instruction {
  return { operation: 'ampPrep', operands: channelMask(channels) };
}

/**
 * Pull some selectors high and all others low.
 *
 * @throws UsageError for a selector that the board does not have
 */
export function updateSelectors(selectors: readonly number[]): Instruction {
  let mask = 0;
  for (const selector of selectors) {
    requireIndex('selector', selector, arcTwoLimits.selectors);
    mask |= 1 << selectorBits[selector]!;
  }
  return { operation: 'updateSelector', operands: [mask >>> 0] };
}

/**
 * Set the digital lines, all as outputs.
 *
 * @throws UsageError for a line that the board does not have
 */
export function updateLogic(high: readonly number[]): Instruction {
  let mask = 0;
  for (const line of high) {
    requireIndex('logic line', line, 32);
    mask |= 1 << line;
  }
  return { operation: 'updateLogic', operands: [mask >>> 0, 0b1111] };
}

/** All converters to 0 V, digital lines off. */
export function clear(): Instruction {
  return { operation: 'clear', operands: [] };
}
