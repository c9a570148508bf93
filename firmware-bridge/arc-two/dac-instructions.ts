import { ScheduleError } from '../../src/errors.ts';
import { channelMask, requireIndex } from './channel-mask.ts';
import { highestCode, zeroCode, type DacRange } from './dac-code.ts';
import type { Instruction } from './instruction.ts';
import { arcTwoLimits } from './limits.ts';

/** Codes of both converters of a channel. They differ only for high-speed pulses, which go from low to high. */
export interface ChannelLevels {
  readonly channel: number;
  readonly low: number;
  readonly high: number;
}

const groups = arcTwoLimits.channels / arcTwoLimits.group;
const everyGroup = 2 ** groups - 1;
const everyChannel = 0b1111;

/**
 * Load all converters with the same levels.
 *
 * @throws ScheduleError for levels that are no codes, or the wrong way round
 */
export function setAllDacs(low: number = zeroCode, high: number = low): Instruction {
  const word = levelWord({ channel: 0, low, high });
  return { operation: 'setDac', operands: [everyGroup, 0, everyChannel, word, word, word, word] };
}

/**
 * Load the converters of some channels, in as few instructions as groups with different levels need. They act with
 * the next {@link updateDac}.
 *
 * @throws ScheduleError for levels that are no codes, or the wrong way round
 * @throws UsageError for a channel that the board does not have
 */
export function setDacs(levels: readonly ChannelLevels[]): Instruction[] {
  const byGroup = new Map<number, (number | null)[]>();
  for (const level of levels) {
    requireIndex('channel', level.channel, arcTwoLimits.channels);
    const group = Math.floor(level.channel / arcTwoLimits.group);
    const members = byGroup.get(group) ?? Array.from({ length: arcTwoLimits.group }, () => null);
    members[level.channel % arcTwoLimits.group] = levelWord(level);
    byGroup.set(group, members);
  }
  const alike = new Map<string, { readonly members: readonly (number | null)[]; groupMask: number }>();
  for (const [group, members] of byGroup) {
    const key = members.join();
    const entry = alike.get(key) ?? { members, groupMask: 0 };
    entry.groupMask |= 1 << group;
    alike.set(key, entry);
  }
  return [...alike.values()].map(({ members, groupMask }) => ({
    operation: 'setDac',
    operands: [groupMask, 0, memberMask(members), ...members.map((word) => word ?? pair(zeroCode, zeroCode))],
  }));
}

/** Let the loaded levels act. */
export function updateDac(): Instruction {
  return { operation: 'updateDac', operands: [] };
}

/**
 * Put the converters of some channels into a range.
 *
 * @throws UsageError for a channel that the board does not have
 */
export function setDacRange(channels: readonly number[], range: DacRange): Instruction {
  const all = range === 'extended' ? 0xffff_ffff : 0;
  return { operation: 'dacRange', operands: [0, ...channelMask(channels), 0, all, all] };
}

/** The first channel of a group has the highest bit. */
function memberMask(members: readonly (number | null)[]): number {
  return members.reduce<number>((mask, word) => (mask << 1) | (word === null ? 0 : 1), 0);
}

function levelWord({ channel, low, high }: ChannelLevels): number {
  const codes = [low, high].every((code) => Number.isInteger(code) && code >= 0 && code <= highestCode);
  if (!codes || low > high + 1) {
    throw new ScheduleError(
      'arc-two-levels',
      `arc-two: channel ${channel}: found codes ${low} (low) and ${high} (high), ` +
        `expected 0 to ${highestCode} and low at most one above high`,
      { details: { channel, low, high } },
    );
  }
  return pair(low, high);
}

function pair(low: number, high: number): number {
  return high * 0x1_0000 + low;
}
