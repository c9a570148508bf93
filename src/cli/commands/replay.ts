import { controllerNames, type ControllerName } from '../../../firmware-bridge/controller-table.ts';
import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options } from '../options.ts';

interface Flags {
  readonly trace: string;
  readonly plan: string;
  readonly config: string;
  readonly device: string | undefined;
  readonly controller: ControllerName | undefined;
  readonly permit: string | undefined;
  readonly out: string | undefined;
}

export const replayCommand: Command<Flags> = {
  command: 'replay <trace>',
  describe: 'feed the bytes that a board once answered back to its driver',
  builder: (yargs) =>
    yargs
      .positional('trace', { type: 'string', demandOption: true, describe: 'trace, as --trace writes it' })
      .option('plan', {
        type: 'string',
        demandOption: true,
        describe: 'plan folder or run folder that the trace was made with',
        requiresArg: true,
      })
      .option('config', { ...options.config, demandOption: true })
      .option('device', options.device)
      .option('controller', { choices: controllerNames, describe: "another controller than the trace's" })
      .option('permit', options.permit)
      .option('out', options.out),
  async handler(flags, output) {
    const { replayTrace } = await import('../replay-trace.ts');
    const { document, text, status } = await replayTrace(flags, output);
    output.result(document, text);
    return status === 'done' ? exitCodes.done : exitCodes.interrupted;
  },
};
