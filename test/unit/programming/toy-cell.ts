import type { CellTask, PolicyRun, Verdict } from '../../../src/programming/policy.ts';
import type { EnvelopePulse } from '../../../src/schedule/operation.ts';

/** A cell with a simple law of its own, so that policies are tested without any device model. */
export interface ToyCell {
  conductance: number;
  /** Conductance after a pulse. */
  respond(from: number, pulse: EnvelopePulse): number;
}

export interface Outcome {
  readonly verdict: Verdict;
  readonly pulses: EnvelopePulse[];
  readonly reads: number;
}

/** Run a policy to its end against a cell. */
export function runToEnd(run: PolicyRun, cell: ToyCell): Outcome {
  const pulses: EnvelopePulse[] = [];
  let reads = 0;
  let answer = Number.NaN;
  for (let steps = 0; steps < 100_000; steps++) {
    const { done, value } = run.next(answer);
    if (done === true) {
      return { verdict: value, pulses, reads };
    }
    if (value === 'read') {
      reads++;
      answer = cell.conductance;
    } else {
      pulses.push(value);
      cell.conductance = cell.respond(cell.conductance, value);
      answer = Number.NaN;
    }
  }
  throw new Error('the policy did not end');
}

/** Moves by a fraction of itself that grows with |V| above 0.5 V and with time; positive volts lower it. */
export function exponentialCell(conductance: number): ToyCell {
  return {
    conductance,
    respond(from, { volts, width }) {
      const drive = Math.max(0, Math.abs(volts) - 0.5) * (width / 1e-6) * 0.02;
      return from * (volts > 0 ? 1 - Math.min(drive, 0.5) : 1 + drive);
    },
  };
}

export function stuckCell(conductance: number): ToyCell {
  return { conductance, respond: (from) => from };
}

export function task(target: number, tolerance = 0.01): CellTask {
  return { target, tolerance, range: { min: 1e-5, max: 1e-3 }, setPolarity: -1 };
}
