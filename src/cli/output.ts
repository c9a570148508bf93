import { OhmloomError, exitCodes, type ExitCode } from '../errors.ts';

/** Where a command writes: its product on stdout, everything for people on stderr. */
export interface Output {
  readonly json: boolean;
  /** A note for people; silent with --quiet. */
  note(text: string): void;
  /** The command's result: the document with --json, else the text. */
  result(document: unknown, text: string): void;
}

/** The two streams of a command. */
export interface TextSinks {
  out(text: string): void;
  error(text: string): void;
}

export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
}

export function createOutput({ json, quiet }: OutputFlags, sinks: TextSinks): Output {
  return {
    json,
    note(text) {
      if (!quiet) {
        sinks.error(`${text}\n`);
      }
    },
    result(document, text) {
      sinks.out(json ? `${JSON.stringify(document, null, 2)}\n` : `${text}\n`);
    },
  };
}

/** Print an error once, for people on stderr and as a document on stdout with --json; returns the exit code. */
export function reportError(error: unknown, json: boolean, sinks: TextSinks): ExitCode {
  if (error instanceof OhmloomError) {
    sinks.error(`error: ${error.message}\n${error.hint === undefined ? '' : `hint: ${error.hint}\n`}`);
    if (json) {
      sinks.out(`${JSON.stringify(error, null, 2)}\n`);
    }
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  sinks.error(`error: this is a defect of ohmloom, please report it\n${text}\n`);
  return exitCodes.outOfToleranceOrModel;
}
