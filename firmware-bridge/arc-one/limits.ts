import type { Amperes, Ohms, Seconds, Volts } from '../../src/units.ts';

/** What the instrument is documented to do, whatever a schedule or a configuration says. */
export const arcOneLimits = {
  /** Word lines and bit lines, and the highest address: addresses count from 1. */
  lines: 32,
  /** Pulses and reads, either polarity. */
  volts: 12 satisfies Volts,
  shortestWidth: 90e-9 satisfies Seconds,
  longestWidth: 10 satisfies Seconds,
  /** Finer widths are not believed, though nobody says how fine the board's timer is. */
  timerTick: 1e-9 satisfies Seconds,
  smallestCutOff: 10e-6 satisfies Amperes,
  largestCutOff: 1e-3 satisfies Amperes,
  /** With a cut-off, which needs some 30 us to act, pulses must be at least as long. */
  shortestCutOffWidth: 30e-6 satisfies Seconds,
  shortestCurveStep: 2e-3 satisfies Seconds,
  lowestCurveStart: 50e-3 satisfies Volts,
  readsUnderBias: { min: 2, max: 100_000 },
  /** Changes of polarity after which ConvergeToState gives up. */
  reversals: 5,
  /** Beyond what the instrument displays, on either side. */
  smallestResistance: 1 satisfies Ohms,
  largestResistance: 1e12 satisfies Ohms,
} as const;
