import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';

interface Flags {
  readonly port: readonly string[];
  readonly probe: boolean;
}

export const portsCommand: Command<Flags> = {
  command: 'ports [port..]',
  describe: 'list the serial ports and say what answers on them',
  lists: ['port'],
  builder: (yargs) =>
    yargs
      .positional('port', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'ports to look at; those that the system lists if none is named',
      })
      .option('probe', {
        type: 'boolean',
        default: true,
        describe: 'ask each port, by questions that change nothing, what is there; --no-probe only lists',
      }),
  async handler({ port, probe }, output) {
    const { describePorts } = await import('../port-listing.ts');
    const { document, text } = await describePorts(port, probe);
    output.result(document, text);
    return exitCodes.done;
  },
};
