import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options } from '../options.ts';
import type { SegmentFlags } from '../segment-choice.ts';

interface Flags extends SegmentFlags {
  readonly 'ir-drop': string;
  readonly out: string | undefined;
}

export const mapCommand: Command<Flags> = {
  command: 'map',
  describe: 'map what a programmed array loses along its wires',
  builder: (yargs) =>
    yargs
      .option('ir-drop', {
        type: 'string',
        demandOption: true,
        describe: 'run folder: share of the voltage that does not arrive when all word lines are driven',
        requiresArg: true,
      })
      .option('word-segment', options.wordSegment)
      .option('bit-segment', options.bitSegment)
      .option('out', {
        type: 'string',
        describe: 'file for the map (.npy, word lines x bit lines); it must not exist yet',
        requiresArg: true,
      }),
  async handler(flags, output) {
    const { mapDrop } = await import('../map-drop.ts');
    const { document, text } = await mapDrop({ ...flags, run: flags['ir-drop'] });
    output.result(document, text);
    return exitCodes.done;
  },
};
