import type { Volts } from '../units.ts';

/** An amplitude ramp; all three are magnitudes. It stays at `stop` once it is there. */
export interface Ramp {
  readonly start: Volts;
  readonly step: Volts;
  readonly stop: Volts;
}

/** Slack for a last step that floating point leaves just above `stop`. */
const slack = 1e-9;

/** Number of different amplitudes. */
export function levelCount(ramp: Ramp): number {
  return Math.max(1, Math.floor((ramp.stop - ramp.start) / ramp.step + slack) + 1);
}

/** Amplitude at a level counted from 0; levels past the end give the last amplitude. */
export function rampLevel(ramp: Ramp, level: number): Volts {
  return ramp.start + Math.min(level, levelCount(ramp) - 1) * ramp.step;
}
