import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options } from '../options.ts';

interface Flags {
  readonly config: string | undefined;
}

export const doctorCommand: Command<Flags> = {
  command: 'doctor',
  describe: 'say what this installation is and has, and what a configuration resolves to',
  builder: (yargs) => yargs.option('config', options.config),
  async handler({ config }, output) {
    const { examine } = await import('../examine.ts');
    const { document, text, healthy } = await examine(config);
    output.result(document, text);
    return healthy ? exitCodes.done : exitCodes.toolMissing;
  },
};
