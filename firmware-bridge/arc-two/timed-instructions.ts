import { ScheduleError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';
import { requireIndex } from './channel-mask.ts';
import type { Instruction } from './instruction.ts';
import { arcTwoLimits } from './limits.ts';

/** Ticks that the processing of a delay takes itself, of 20 ns each. */
const delayOverheadTicks = 16;
const delayTick: Seconds = 20e-9;

/** Time between the end of a high-speed pulse as counted and as made. */
const deadTicks = 1;
const pulseTick: Seconds = 10e-9;
const bitsPerWidth = 28n;
const clusters = arcTwoLimits.channels / arcTwoLimits.cluster;

/** Part of a tick by which a double may miss it. */
const slack = 1e-6;

/**
 * Wait inside the queue.
 *
 * @throws ScheduleError for a time that is too short or too long
 * @example
 * delay(1210e-9).operands; // [0x2c]: 60 ticks of 20 ns, 16 of which pass anyway
 */
export function delay(seconds: Seconds): Instruction {
  const ticks = Math.floor(seconds / delayTick + slack) - delayOverheadTicks;
  if (!(ticks >= 0 && ticks <= 0xffff_ffff)) {
    const longest = (0xffff_ffff + delayOverheadTicks) * delayTick;
    throw notMade('a delay', seconds, `${arcTwoLimits.shortestDelay} to ${longest} s`);
  }
  return { operation: 'delay', operands: [ticks] };
}

/**
 * Set the widths of high-speed pulses, one per cluster of eight channels.
 *
 * @param widths - [8], seconds; 0 where a cluster does not pulse
 * @throws ScheduleError for a width that the drivers do not make
 * @example
 * configurePulses([110e-9, 0, 0, 0, 0, 0, 0, 0]).operands[6]; // 0xa
 */
export function configurePulses(widths: readonly Seconds[]): Instruction {
  if (widths.length !== clusters) {
    throw new ScheduleError('arc-two-pulses', `arc-two: found ${widths.length} widths, expected ${clusters}`);
  }
  const { shortestPulse, longestPulse } = arcTwoLimits;
  let packed = 0n;
  for (const [cluster, width] of widths.entries()) {
    if (width !== 0 && !(width >= shortestPulse * (1 - slack) && width < longestPulse)) {
      throw notMade(
        `cluster ${cluster}: a pulse`,
        width,
        `0 (none), or ${shortestPulse} to below ${longestPulse} s`,
      );
    }
    const ticks = width === 0 ? 0 : Math.floor(width / pulseTick + slack) - deadTicks;
    packed |= BigInt(ticks) << (bitsPerWidth * BigInt(cluster));
  }
  const operands = Array.from({ length: 7 }, (_, word) =>
    Number((packed >> (32n * BigInt(6 - word))) & 0xffff_ffffn),
  );
  return { operation: 'highSpeedConfig', operands };
}

/**
 * Start the pulses of some clusters, from the low level to the high one and back.
 *
 * @param inverted - clusters that go from high to low instead
 * @throws UsageError for a cluster that the board does not have
 */
export function startPulses(pulsing: readonly number[], inverted: readonly number[] = []): Instruction {
  return {
    operation: 'highSpeedStart',
    operands: [clusterMask(pulsing) * 0x1_0000 + clusterMask(inverted) * 0x100],
  };
}

function clusterMask(indices: readonly number[]): number {
  let mask = 0;
  for (const cluster of indices) {
    requireIndex('cluster', cluster, clusters);
    mask |= 1 << cluster;
  }
  return mask;
}

function notMade(what: string, found: Seconds, allowed: string): ScheduleError {
  return new ScheduleError('controller-limit', `arc-two: ${what} of ${found} s, the board makes ${allowed}`, {
    details: { found, allowed },
  });
}
