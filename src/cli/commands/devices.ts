import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';

interface Flags {
  readonly name: string | undefined;
}

export const devicesCommand: Command<Flags> = {
  command: 'devices [name]',
  describe: 'list the device models and their published parameter sets',
  builder: (yargs) =>
    yargs.positional('name', { type: 'string', describe: 'MODEL or MODEL/SET to show in full' }),
  async handler({ name }, output) {
    const { describeDevice, listDevices } = await import('../device-listing.ts');
    if (name === undefined) {
      const { document, text } = listDevices();
      output.result(document, text);
    } else {
      const { document, text } = await describeDevice(name);
      output.result(document, text);
    }
    return exitCodes.done;
  },
};
