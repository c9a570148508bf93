import { controllerNames, type ControllerName } from '../../../firmware-bridge/controller-table.ts';
import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options, parseSeed } from '../options.ts';

interface Flags {
  readonly controller: ControllerName;
  readonly port: string;
  readonly config: string | undefined;
  readonly device: string | undefined;
  readonly target: string | undefined;
  readonly plan: string | undefined;
  readonly permit: string | undefined;
  readonly trace: string | undefined;
  readonly seed: string;
}

export const twinCommand: Command<Flags> = {
  command: 'twin',
  describe:
    'run one schedule on the board and on the emulator and report the first and the largest difference',
  builder: (yargs) =>
    yargs
      .option('controller', {
        choices: controllerNames,
        default: 'arc-one' as const,
        describe: 'which controller is on the port',
      })
      .option('port', { ...options.port, demandOption: true })
      .option('config', options.config)
      .option('device', options.device)
      .option('target', {
        ...options.target,
        describe: `${options.target.describe}; every cell is only read if left out`,
      })
      .option('plan', {
        type: 'string',
        describe: 'folder of a plan, in place of --target',
        requiresArg: true,
      })
      .option('permit', options.permit)
      .option('trace', options.trace)
      .option('seed', options.seed)
      .conflicts('target', 'plan'),
  async handler(flags, output) {
    const seed = parseSeed(flags.seed);
    const { runTwin } = await import('../twin-run.ts');
    const { document, text, status } = await runTwin({ ...flags, seed }, output);
    output.result(document, text);
    return status === 'done' ? exitCodes.done : exitCodes.interrupted;
  },
};
