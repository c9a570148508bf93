import type { PolicyRun, PolicyStep, Verdict } from '../programming/policy.ts';
import type { EnvelopePulse, PulseEnvelope } from '../schedule/operation.ts';
import type { Siemens } from '../units.ts';
import { requireThat } from './law.ts';

/** Everything that a policy did with one cell. */
export interface PolicyTrial {
  readonly steps: readonly PolicyStep[];
  readonly pulses: readonly EnvelopePulse[];
  /** What the reads found, in order. */
  readonly readings: readonly Siemens[];
  readonly verdict: Verdict;
}

/**
 * Let a policy run against given answers. After a pulse it is sent NaN: that value carries no meaning.
 *
 * @param answer - what the read with this number, counted from 0, finds; told the pulses so far
 * @throws Error when the policy asks for more than its envelope allows, or for a pulse that it does not list
 */
export function tryPolicy(
  run: PolicyRun,
  { pulses: listed, maxPulses, maxReads }: PulseEnvelope,
  answer: (read: number, pulses: readonly EnvelopePulse[]) => Siemens,
): PolicyTrial {
  const steps: PolicyStep[] = [];
  const pulses: EnvelopePulse[] = [];
  const readings: Siemens[] = [];
  let sent = Number.NaN;
  for (let count = 0; count <= maxPulses + maxReads; count++) {
    const { done, value } = run.next(sent);
    if (done === true) {
      return { steps, pulses, readings, verdict: value };
    }
    steps.push(value);
    if (value === 'read') {
      requireThat(
        readings.length < maxReads,
        () => `read ${readings.length + 1} is more than ${maxReads} reads`,
      );
      sent = answer(readings.length, pulses);
      readings.push(sent);
    } else {
      requireThat(
        pulses.length < maxPulses,
        () => `pulse ${pulses.length + 1} is more than ${maxPulses} pulses`,
      );
      requireThat(
        listed.some(({ volts, width }) => volts === value.volts && width === value.width),
        () => `pulse ${pulses.length + 1}, ${value.volts} V for ${value.width} s, is not in the envelope`,
      );
      pulses.push(value);
      sent = Number.NaN;
    }
  }
  throw new Error(
    `no end after ${maxPulses} pulses and ${maxReads} reads, which is all that its envelope allows`,
  );
}
