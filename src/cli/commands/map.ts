import type { BiasName } from '../../array/bias.ts';
import { exitCodes, UsageError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options } from '../options.ts';
import type { SegmentFlags } from '../segment-choice.ts';

interface Flags extends SegmentFlags {
  readonly 'ir-drop': string | undefined;
  readonly sneak: string | undefined;
  readonly bias: BiasName | 'floating' | undefined;
  readonly out: string | undefined;
}

export const mapCommand: Command<Flags> = {
  command: 'map',
  describe: 'map what a programmed array loses along its wires, or what sneaks past a cell that is read',
  builder: (yargs) =>
    yargs
      .option('ir-drop', {
        type: 'string',
        describe: 'run folder: share of the voltage that does not arrive when all word lines are driven',
        requiresArg: true,
      })
      .option('sneak', {
        type: 'string',
        describe: 'run folder: what is sensed of other ways while a cell is read, over its own current',
        requiresArg: true,
      })
      .option('bias', {
        choices: ['grounded', 'half', 'third', 'floating'] as const,
        describe: 'with --sneak: what the unselected lines are at; as in the reads of the run if left out',
        requiresArg: true,
      })
      .option('word-segment', options.wordSegment)
      .option('bit-segment', options.bitSegment)
      .option('out', {
        type: 'string',
        describe: 'file for the map (.npy, word lines x bit lines); it must not exist yet',
        requiresArg: true,
      })
      .conflicts('ir-drop', ['sneak', 'bias']),
  async handler(flags, output) {
    const { document, text } = await mapOf(flags);
    output.result(document, text);
    return exitCodes.done;
  },
};

async function mapOf(flags: Flags): Promise<{ document: unknown; text: string }> {
  const { sneak, 'ir-drop': drop } = flags;
  if (sneak !== undefined) {
    const { mapSneak } = await import('../map-sneak.ts');
    return mapSneak({ ...flags, run: sneak });
  }
  if (drop === undefined) {
    throw new UsageError('map', 'map: found neither --ir-drop nor --sneak, expected one of them');
  }
  const { mapDrop } = await import('../map-drop.ts');
  return mapDrop({ ...flags, run: drop });
}
