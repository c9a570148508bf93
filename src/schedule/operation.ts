import type { BiasChoice } from '../array/bias.ts';
import type { Cell } from '../array/geometry.ts';
import type { Dimensionless, Seconds, Siemens, Volts } from '../units.ts';

/** One pulse on one cell; the other lines follow the bias scheme. */
export interface PulseOperation {
  readonly kind: 'pulse';
  readonly cell: Cell;
  /** Voltage over the cell, word line above bit line. */
  readonly volts: Volts;
  readonly width: Seconds;
  readonly bias: BiasChoice;
}

/** Reads of single cells, one after the other. */
export interface ReadOperation {
  readonly kind: 'read';
  readonly cells: readonly Cell[];
  readonly volts: Volts;
  readonly width: Seconds;
  readonly bias: BiasChoice;
}

/** All lines at 0 V for a while. */
export interface WaitOperation {
  readonly kind: 'wait';
  readonly seconds: Seconds;
}

/** All lines at once: a parallel write, or with `sense` a parallel read of every bit-line current. */
export interface FrameOperation {
  readonly kind: 'frame';
  /** [wordLines] */
  readonly wordVolts: readonly Volts[];
  /** [bitLines] */
  readonly bitVolts: readonly Volts[];
  readonly width: Seconds;
  readonly sense: boolean;
}

/**
 * A whole write-verify loop: bring each cell to its target with a named policy. A backend that knows the policy
 * runs the loop by itself; for the others the engine expands it into pulses and reads.
 */
export interface ProgramVerifyOperation {
  readonly kind: 'programVerify';
  readonly cells: readonly Cell[];
  /** One per cell. */
  readonly targets: readonly Siemens[];
  /** Largest accepted |G - target| / target. */
  readonly tolerance: Dimensionless;
  readonly policy: PolicyCall;
  readonly read: { readonly volts: Volts; readonly width: Seconds; readonly bias: BiasChoice };
  readonly bias: BiasChoice;
  /** Everything that the policy may do, so that limits are checked before it starts and held while it runs. */
  readonly envelope: PulseEnvelope;
}

export interface PolicyCall {
  readonly name: string;
  /** Plain JSON, SI units, checked by the policy's own schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A closed list of the pulses that a policy may ask for, and how many of them one cell may get. */
export interface PulseEnvelope {
  readonly pulses: readonly EnvelopePulse[];
  /** Most pulses for one cell. */
  readonly maxPulses: number;
  /** Most reads of one cell. */
  readonly maxReads: number;
}

export interface EnvelopePulse {
  readonly volts: Volts;
  readonly width: Seconds;
}

export type Operation =
  PulseOperation | ReadOperation | WaitOperation | FrameOperation | ProgramVerifyOperation;
