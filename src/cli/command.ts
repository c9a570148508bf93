import type { Argv } from 'yargs';
import type { ExitCode } from '../errors.ts';
import type { Output, OutputFlags } from './output.ts';

/**
 * One verb of the command line. Its handler imports what it needs when it runs, so that help stays quick.
 */
export interface Command<Flags extends object> {
  readonly command: string;
  readonly describe: string;
  /** Arguments that take a list; any other is given once. */
  readonly lists?: readonly string[];
  builder(yargs: Argv): Argv<Flags>;
  handler(flags: Flags & OutputFlags, output: Output): Promise<ExitCode>;
}
