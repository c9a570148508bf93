import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options } from '../options.ts';

interface Flags {
  readonly run: string;
  readonly to: 'spice';
  readonly cells: 'resistors' | 'devices';
  readonly drive: 'reads' | 'schedule';
  readonly set: string | undefined;
  readonly out: string;
}

export const emitArrayCommand: Command<Flags> = {
  command: 'array',
  describe: 'the array of a run: cells, wires, drivers, read-out and line voltages',
  builder: (yargs) =>
    yargs
      .option('run', { type: 'string', demandOption: true, describe: 'run folder', requiresArg: true })
      .option('to', { choices: ['spice'] as const, default: 'spice' as const, describe: 'what to write' })
      .option('cells', {
        choices: ['resistors', 'devices'] as const,
        default: 'resistors' as const,
        describe: 'the conductances that were read, or devices that the voltages move',
      })
      .option('drive', {
        choices: ['reads', 'schedule'] as const,
        default: 'reads' as const,
        describe: 'a read of every word line after the run, or what the run did, from its start',
      })
      .option('set', {
        type: 'string',
        describe: "parameter set or parameter file (.json); the run's if left out",
        requiresArg: true,
      })
      .option('out', {
        ...options.out,
        describe: 'folder to write; files are never replaced',
        demandOption: true,
      }),
  async handler(flags, output) {
    const { emitArray } = await import('../emit-array.ts');
    const { document, text } = await emitArray(flags);
    output.result(document, text);
    return exitCodes.done;
  },
};
