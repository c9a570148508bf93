import { OhmloomError, exitCodes, type ExitCode } from '../errors.ts';

/** Where a command writes: its product on stdout, everything for people on stderr. */
export interface Output {
  readonly json: boolean;
  /** A note for people; silent with --quiet. */
  note(text: string): void;
  /** The command's result: the document with --json, else the text. */
  result(document: unknown, text: string): void;
}

export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
}

export function createOutput({ json, quiet }: OutputFlags): Output {
  return {
    json,
    note(text) {
      if (!quiet) {
        process.stderr.write(`${text}\n`);
      }
    },
    result(document, text) {
      process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${text}\n`);
    },
  };
}

/** Print an error once, for people on stderr and as a document on stdout with --json; returns the exit code. */
export function reportError(error: unknown, json: boolean): ExitCode {
  if (error instanceof OhmloomError) {
    process.stderr.write(
      `error: ${error.message}\n${error.hint === undefined ? '' : `hint: ${error.hint}\n`}`,
    );
    if (json) {
      process.stdout.write(`${JSON.stringify(error, null, 2)}\n`);
    }
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`error: this is a defect of ohmloom, please report it\n${text}\n`);
  return exitCodes.outOfToleranceOrModel;
}
