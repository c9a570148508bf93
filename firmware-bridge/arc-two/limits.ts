import type { Seconds, Volts } from '../../src/units.ts';

/** What the instrument is documented to do. */
export const arcTwoLimits = {
  channels: 64,
  /** Channels whose converters are set together by one instruction. */
  group: 4,
  /** Channels whose high-speed drivers share one pulse width. */
  cluster: 8,
  selectors: 32,
  /** Of any channel, in either range of its converter. */
  volts: 13.5 satisfies Volts,
  shortestDelay: 320e-9 satisfies Seconds,
  shortestPulse: 40e-9 satisfies Seconds,
  longestPulse: 0.5 satisfies Seconds,
} as const;
