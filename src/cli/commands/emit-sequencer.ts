import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options } from '../options.ts';

interface Flags {
  readonly schedule: string;
  readonly config: string | undefined;
  readonly executed: boolean;
  readonly board: string | undefined;
  readonly out: string;
}

export const emitSequencerCommand: Command<Flags> = {
  command: 'sequencer',
  describe: 'a pulse sequencer for an FPGA that runs the schedule of a plan or run, with a test bench',
  builder: (yargs) =>
    yargs
      .option('schedule', {
        type: 'string',
        demandOption: true,
        describe: 'plan folder or run folder',
        requiresArg: true,
      })
      .option('config', { ...options.config, describe: "lab configuration; a run folder's own if left out" })
      .option('executed', {
        type: 'boolean',
        default: false,
        describe: 'of a run folder: the pulses and reads that were really made',
      })
      .option('board', {
        type: 'string',
        describe: 'description of the board, YAML or JSON',
        requiresArg: true,
      })
      .option('out', {
        ...options.out,
        describe: 'folder to write; files are never replaced',
        demandOption: true,
      }),
  async handler(flags, output) {
    const { writeSequencer } = await import('../emit-sequencer.ts');
    const { document, text } = await writeSequencer(flags);
    output.result(document, text);
    return exitCodes.done;
  },
};
