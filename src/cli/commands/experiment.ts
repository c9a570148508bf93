import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options, parseSeed } from '../options.ts';

interface Flags {
  readonly name: 'digits';
  readonly config: string | undefined;
  readonly device: string | undefined;
  readonly seed: string;
  readonly out: string | undefined;
}

export const experimentCommand: Command<Flags> = {
  command: 'experiment <name>',
  describe: 'train a network, program its weights into the virtual array, and measure what survives',
  builder: (yargs) =>
    yargs
      .positional('name', {
        choices: ['digits'] as const,
        demandOption: true,
        describe: 'digits: handwritten digits, differential pairs',
      })
      .option('config', options.config)
      .option('device', options.device)
      .option('seed', options.seed)
      .option('out', options.out),
  async handler(flags, output) {
    const seed = parseSeed(flags.seed);
    const { runDigitsCommand } = await import('../digits-command.ts');
    const { status, document, text } = await runDigitsCommand({ ...flags, seed }, output);
    output.result(document, text);
    return status === 'done' ? exitCodes.done : exitCodes.interrupted;
  },
};
