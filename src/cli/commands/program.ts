import { controllerNames, type ControllerName } from '../../../firmware-bridge/controller-table.ts';
import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options, parseSeed } from '../options.ts';
import type { BackendName } from '../../backend-table.ts';
import type { SegmentFlags } from '../segment-choice.ts';

interface Flags extends SegmentFlags {
  readonly target: string | undefined;
  readonly plan: string | undefined;
  readonly config: string;
  readonly device: string | undefined;
  readonly backend: BackendName;
  readonly recording: string | undefined;
  readonly controller: ControllerName | undefined;
  readonly port: string | undefined;
  readonly trace: string | undefined;
  readonly permit: string | undefined;
  readonly seed: string;
  readonly out: string | undefined;
  readonly 'dry-run': boolean;
}

export const programCommand: Command<Flags> = {
  command: 'program',
  describe: 'bring an array to a matrix of conductances: plan, check, execute, record',
  builder: (yargs) =>
    yargs
      .option('target', options.target)
      .option('plan', {
        type: 'string',
        describe: 'folder of a plan, in place of --target',
        requiresArg: true,
      })
      .option('config', { ...options.config, demandOption: true })
      .option('device', options.device)
      .option('backend', {
        choices: ['simulated', 'replay'] as const,
        default: 'simulated' as const,
        describe: 'what executes',
      })
      .option('recording', {
        type: 'string',
        describe: 'run folder that a replay answers from',
        requiresArg: true,
      })
      .option('controller', {
        choices: controllerNames,
        describe: 'real controller that executes, in place of --backend',
      })
      .option('port', options.port)
      .option('trace', options.trace)
      .option('permit', options.permit)
      .option('word-segment', options.wordSegment)
      .option('bit-segment', options.bitSegment)
      .option('seed', options.seed)
      .option('out', options.out)
      .option('dry-run', options.dryRun)
      .conflicts('target', 'plan')
      .implies('controller', 'port')
      .implies('port', 'controller'),
  async handler(flags, output) {
    const seed = parseSeed(flags.seed);
    const { programArray } = await import('../program-array.ts');
    const { status, summary, document, text } = await programArray(
      { ...flags, seed, dryRun: flags['dry-run'] },
      output,
    );
    output.result(document, text);
    if (status === 'interrupted') {
      return exitCodes.interrupted;
    }
    return summary.converged === summary.cells ? exitCodes.done : exitCodes.outOfToleranceOrModel;
  },
};
