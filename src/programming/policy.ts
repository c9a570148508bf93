import type { z } from 'zod';
import type { EnvelopePulse, PulseEnvelope } from '../schedule/operation.ts';
import type { Dimensionless, Siemens } from '../units.ts';
import type { ParameterForm } from './parameter-form.ts';

/** What one cell is asked to become. */
export interface CellTask {
  readonly target: Siemens;
  /** Largest accepted |G - target| / target. */
  readonly tolerance: Dimensionless;
  /** Conductances that the device can take; a target outside is unreachable. */
  readonly range: { readonly min: Siemens; readonly max: Siemens };
  /** Sign of the voltage that raises the conductance. */
  readonly setPolarity: 1 | -1;
  /** Conductance after a pulse, by the device model; only model-based policies ask. */
  readonly predict?: Predict;
}

/** Conductance after a pulse on a device that reads `from`, by its model. */
export type Predict = (from: Siemens, pulse: EnvelopePulse) => Siemens;

/** A policy asks for a pulse, or for a read by yielding `'read'`. */
export type PolicyStep = EnvelopePulse | 'read';

export type Verdict = 'converged' | 'gave-up' | 'stuck-high' | 'stuck-low' | 'unreachable';

/**
 * The write-verify loop of one cell. It yields steps and is resumed with the conductance that a read found
 * (after a pulse the value sent in carries no meaning). It touches no backend, file or clock.
 */
export type PolicyRun = Generator<PolicyStep, Verdict, Siemens>;

/** A write-verify policy: how it is configured, what it may do at most, and what it does. */
export interface Policy<Parameters extends object = object> {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** Whether `CellTask.predict` must be given. */
  readonly needsModel: boolean;
  schema(form: ParameterForm): z.ZodType<Parameters>;
  /** Every pulse that the parameters allow for a device of this polarity, and how many. */
  envelope(parameters: Parameters, setPolarity: 1 | -1): PulseEnvelope;
  /** The loop for one cell; it stays inside the envelope. */
  run(task: CellTask, parameters: Parameters): PolicyRun;
}

/** Whether a reading is near enough to the target. */
export function isWithinTolerance(task: CellTask, conductance: Siemens): boolean {
  return Math.abs(conductance - task.target) <= task.tolerance * task.target;
}

export function isReachable(task: CellTask): boolean {
  return task.target >= task.range.min && task.target <= task.range.max;
}
