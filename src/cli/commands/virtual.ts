import { controllerNames, type ControllerName } from '../../../firmware-bridge/controller-table.ts';
import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options, parseSeed } from '../options.ts';

interface Flags {
  readonly controller: ControllerName;
  readonly link: string;
  readonly config: string | undefined;
  readonly device: string | undefined;
  readonly seed: string;
  readonly size: string | undefined;
  readonly faults: string | undefined;
}

export const virtualCommand: Command<Flags> = {
  command: 'virtual <controller>',
  describe: 'open a pseudo-terminal behind which a virtual controller and its array answer the real bytes',
  builder: (yargs) =>
    yargs
      .positional('controller', {
        choices: controllerNames,
        demandOption: true,
        describe: 'which controller',
      })
      .option('link', {
        type: 'string',
        demandOption: true,
        describe: 'path to make; any program can open it as a serial port',
        requiresArg: true,
      })
      .option('config', options.config)
      .option('device', options.device)
      .option('seed', options.seed)
      .option('size', {
        type: 'string',
        describe: 'word lines x bit lines of the array, such as 8x8; the largest if nothing says so',
        requiresArg: true,
      })
      .option('faults', {
        type: 'string',
        describe: 'a bad line, such as drop=1e-4,duplicate=1e-4,flip=1e-5,delay=1e-3',
        requiresArg: true,
      }),
  async handler(flags, output) {
    const seed = parseSeed(flags.seed);
    const { serveVirtualBoard } = await import('../virtual-board.ts');
    const { document, text } = await serveVirtualBoard({ ...flags, seed }, output);
    output.result(document, text);
    return exitCodes.done;
  },
};
