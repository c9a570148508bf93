import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options, parseSeed } from '../options.ts';

interface Flags {
  readonly target: string;
  readonly config: string;
  readonly device: string | undefined;
  readonly seed: string;
  readonly out: string | undefined;
  readonly 'dry-run': boolean;
}

export const planCommand: Command<Flags> = {
  command: 'plan',
  describe: 'write the schedule and the certificate for a matrix of conductances, and predict what they take',
  builder: (yargs) =>
    yargs
      .option('target', { ...options.target, demandOption: true })
      .option('config', { ...options.config, demandOption: true })
      .option('device', options.device)
      .option('seed', options.seed)
      .option('out', options.out)
      .option('dry-run', options.dryRun),
  async handler(flags, output) {
    const seed = parseSeed(flags.seed);
    const { planProgram } = await import('../plan-program.ts');
    const { document, text } = await planProgram({ ...flags, seed, dryRun: flags['dry-run'] });
    output.result(document, text);
    return exitCodes.done;
  },
};
