/** What a process returns to the shell; see `ohmloom --help`. */
export const exitCodes = {
  done: 0,
  outOfToleranceOrModel: 1,
  usage: 2,
  transport: 3,
  safety: 4,
  toolMissing: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface ErrorContext {
  /** What to do about it, in one sentence. */
  readonly hint?: string;
  /** Facts for programs: plain JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * Base of every error that ohmloom throws on purpose. The message names what was wrong, where, what was found
 * and what is allowed; `code` is stable across versions.
 */
export abstract class OhmloomError extends Error {
  abstract readonly exitCode: ExitCode;
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = context.hint;
    this.details = context.details ?? {};
  }

  toJSON(): Record<string, unknown> {
    return {
      error: this.name,
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      details: this.details,
    };
  }
}

/** A wrong flag, argument or function argument. */
export class UsageError extends OhmloomError {
  readonly exitCode = exitCodes.usage;
}

/** A configuration or input file that does not say what it must. */
export class ConfigError extends OhmloomError {
  readonly exitCode = exitCodes.usage;
}

/** An irreversible act asked for without the permission that it needs. */
export class PermissionError extends OhmloomError {
  readonly exitCode = exitCodes.usage;
}

/** A parameter or state outside the range for which the model is stated. */
export class ModelDomainError extends OhmloomError {
  readonly exitCode = exitCodes.outOfToleranceOrModel;
}

/** A solver that did not converge, or met a number that is not finite; the residual is in `details`. */
export class SolverError extends OhmloomError {
  readonly exitCode = exitCodes.outOfToleranceOrModel;
}

/** A schedule that may not run: it crosses a limit, or it is not the one that was checked. */
export class ScheduleError extends OhmloomError {
  readonly exitCode = exitCodes.outOfToleranceOrModel;
}

/** Model source that the compiler cannot take: file:line:column, the construct, and what to write instead. */
export class UnsupportedSourceError extends OhmloomError {
  readonly exitCode = exitCodes.outOfToleranceOrModel;
}

/** An equation whose units disagree, at file:line:column. */
export class DimensionError extends OhmloomError {
  readonly exitCode = exitCodes.outOfToleranceOrModel;
}

/** An outside tool that is missing, too old or failed; its command and last lines are in `details`. */
export class ToolError extends OhmloomError {
  readonly exitCode = exitCodes.toolMissing;
}

/** A run that asked a recorded controller for something that the recording does not hold. */
export class ReplayError extends OhmloomError {
  readonly exitCode = exitCodes.transport;
}

/** A limit crossed while running. Outputs are at their safe state when this is thrown. */
export class SafetyStop extends OhmloomError {
  readonly exitCode = exitCodes.safety;
}

/** The line to a controller failed: port missing, busy or gone, or no answer within the deadline. */
export class TransportError extends OhmloomError {
  readonly exitCode = exitCodes.transport;
}

/** Bytes from a controller that are not an answer to what it was asked. */
export class ProtocolError extends OhmloomError {
  readonly exitCode = exitCodes.transport;
}

/** A controller that answers in order, but says no or did something else than it was told. */
export class ControllerError extends OhmloomError {
  readonly exitCode = exitCodes.transport;
}
