import type { Cell, Geometry } from '../array/geometry.ts';
import type { Verdict } from '../programming/policy.ts';
import type { DriverGrid } from '../schedule/driver-grid.ts';
import type { PulseOperation, ReadOperation } from '../schedule/operation.ts';
import type { Certificate, SafeOperatingArea } from '../schedule/safe-operating-area.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Amperes, Coulombs, Joules, Seconds, Siemens, Volts } from '../units.ts';

export type { Verdict };

/** What a controller and its array can do. */
export interface Capabilities {
  readonly controller: string;
  readonly geometry: Geometry;
  readonly driver: DriverGrid;
  /** Policies whose write-verify loop the backend runs by itself. */
  readonly policies: readonly string[];
  readonly simulated: boolean;
}

/** A schedule with its proof. Backends compare the digests again; a program that does not match is refused. */
export interface CheckedProgram {
  readonly schedule: Schedule;
  readonly safeOperatingArea: SafeOperatingArea;
  readonly certificate: Certificate;
}

/** What an operation took. A controller that cannot measure energy or charge reports none. */
export interface Cost {
  readonly seconds: Seconds;
  readonly joules: Joules;
  readonly coulombs: Coulombs;
}

export interface Reading {
  readonly cell: Cell;
  readonly conductance: Siemens;
}

export interface PulseResult {
  readonly kind: 'pulse';
  /** What the registers held. */
  readonly volts: Volts;
  readonly width: Seconds;
  readonly cost: Cost;
  /** Set when the source held its current limit, so that the cell saw less than `volts`. */
  readonly limited?: true;
}

export interface ReadResult {
  readonly kind: 'read';
  readonly volts: Volts;
  readonly width: Seconds;
  readonly readings: readonly Reading[];
  readonly cost: Cost;
}

export interface WaitResult {
  readonly kind: 'wait';
  readonly cost: Cost;
}

export interface FrameResult {
  readonly kind: 'frame';
  /** [bitLines], amperes flowing out of each bit line; empty without `sense`. */
  readonly bitCurrents: readonly Amperes[];
  readonly cost: Cost;
}

/** One pulse of a write-verify loop and the read that followed it. */
export interface TraceStep {
  readonly volts: Volts;
  readonly width: Seconds;
  readonly conductance: Siemens;
}

export interface CellResult {
  readonly cell: Cell;
  readonly target: Siemens;
  /** How its write-verify loop ended. */
  readonly outcome: Verdict;
  /** Conductance of the first read; NaN never occurs: an unreachable cell is still read once. */
  readonly before: Siemens;
  /** Conductance of the last read. */
  readonly conductance: Siemens;
  readonly reads: number;
  readonly trace: readonly TraceStep[];
}

export interface ProgramVerifyResult {
  readonly kind: 'programVerify';
  readonly cells: readonly CellResult[];
  readonly cost: Cost;
}

export type OperationResult = PulseResult | ReadResult | WaitResult | FrameResult | ProgramVerifyResult;

/** One pulse or read inside a `programVerify` operation that the engine expands. */
export type ExpandedStep = PulseOperation | ReadOperation;

/** A pulse and the read that verified it, made as one act. */
export interface PulseReadResult {
  readonly pulse: PulseResult;
  readonly read: ReadResult;
}

/**
 * Something that executes schedules: the simulated array, a recording, or a driver of a real controller.
 * All methods reject with a typed error; none waits without a deadline.
 */
export interface Backend {
  readonly name: string;
  capabilities(): Capabilities;
  /** Connect and bring the outputs to their safe state. */
  open(): Promise<void>;
  /**
   * Take a program after comparing its digests.
   * @throws ScheduleError when the certificate belongs to another schedule, array, limit file or driver
   */
  arm(program: CheckedProgram): Promise<void>;
  /** Run one operation of the armed schedule. */
  execute(operation: number): Promise<OperationResult>;
  /** Run one step inside the envelope of an armed `programVerify` operation. */
  executeStep(operation: number, step: ExpandedStep): Promise<PulseResult | ReadResult>;
  /** Run two such steps, a pulse and the read that follows it, as one act; for a controller that can. */
  executePulseRead?(operation: number, pulse: PulseOperation, read: ReadOperation): Promise<PulseReadResult>;
  /** All outputs to their safe state, at once and from any state; the program is disarmed. */
  safe(): Promise<void>;
  /** Outputs safe, connection closed. Calling it twice is harmless. */
  close(): Promise<void>;
}
