import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options, parseSeed } from '../options.ts';

interface Flags {
  readonly config: string;
  readonly device: string | undefined;
  readonly from: string | undefined;
  readonly seed: string;
  readonly out: string;
}

export const readCommand: Command<Flags> = {
  command: 'read',
  describe: 'read every cell of an array, checked and recorded like any other program',
  builder: (yargs) =>
    yargs
      .option('config', { ...options.config, demandOption: true })
      .option('device', options.device)
      .option('from', {
        type: 'string',
        describe: 'run folder whose last conductances the simulated array starts from',
        requiresArg: true,
      })
      .option('seed', options.seed)
      .option('out', { ...options.out, demandOption: true }),
  async handler(flags, output) {
    const seed = parseSeed(flags.seed);
    const { readArray } = await import('../read-array.ts');
    const { document, text } = await readArray({ ...flags, seed }, output);
    output.result(document, text);
    return exitCodes.done;
  },
};
