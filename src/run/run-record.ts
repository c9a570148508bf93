import type { Joules, Seconds } from '../units.ts';
import type { OperationResult } from './backend.ts';

/** What a run was, for whoever reads the folder later. Times of the wall clock are ISO 8601 in UTC. */
export interface RunManifest {
  readonly format: 'ohmloom-run';
  readonly version: 1;
  readonly runId: string;
  readonly createdBy: { readonly name: string; readonly version: string; readonly node: string };
  readonly command: string;
  readonly seed: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly status: 'done' | 'interrupted' | 'failed';
  /** The error of a failed run. */
  readonly error?: Readonly<Record<string, unknown>>;
  /** The configuration as it was resolved, SI units, and its SHA-256. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly digests: {
    readonly config: string;
    readonly schedule: string;
    readonly safeOperatingArea: string;
    readonly driver: string;
  };
  readonly device: { readonly model: string; readonly set: string; readonly source: string };
  readonly controller: string;
  readonly summary: RunSummary;
}

/** Totals of a run. */
export interface RunSummary {
  readonly cells: number;
  readonly converged: number;
  readonly gaveUp: number;
  readonly stuckHigh: number;
  readonly stuckLow: number;
  readonly unreachable: number;
  readonly pulses: number;
  readonly reads: number;
  readonly energyJoules: Joules;
  readonly hardwareSeconds: Seconds;
}

/** Whether the energy of a run is known: a controller that measures no charge books none for its pulses. */
export function isEnergyMeasured({
  energyJoules,
  pulses,
}: Pick<RunSummary, 'energyJoules' | 'pulses'>): boolean {
  return energyJoules !== 0 || pulses === 0;
}

/** One line of `events.jsonl`: what was asked by number and digest, and what came back. */
export interface RunEvent {
  /** Position in the schedule. */
  readonly operation: number;
  /** SHA-256 of the operation. */
  readonly digest: string;
  /** Hardware time at which it began, seconds from the start of the run. */
  readonly at: Seconds;
  readonly result: OperationResult;
}
