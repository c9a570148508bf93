import { exitCodes } from '../../errors.ts';
import { parseQuantity } from '../../quantity.ts';
import type { Command } from '../command.ts';

const forms = ['text', 'json', 'vcd', 'pwl', 'csv'] as const;

interface Flags {
  readonly schedule: string;
  readonly to: (typeof forms)[number];
  readonly executed: boolean;
  readonly gap: string;
  readonly output: string | undefined;
}

export const convertCommand: Command<Flags> = {
  command: 'convert <schedule>',
  describe: 'write a schedule as text, JSON, VCD, SPICE PWL or CSV',
  builder: (yargs) =>
    yargs
      .positional('schedule', {
        type: 'string',
        demandOption: true,
        describe: 'schedule (.msgpack or .json), plan folder or run folder',
      })
      .option('to', { choices: forms, default: 'text' as const, describe: 'what to write' })
      .option('executed', {
        type: 'boolean',
        default: false,
        describe: 'of a run folder: the pulses and reads that were really made',
      })
      .option('gap', { type: 'string', default: '1 us', describe: 'rest between acts', requiresArg: true })
      .option('output', {
        type: 'string',
        describe: 'file to write; stdout if it is left out',
        requiresArg: true,
      }),
  async handler({ schedule, to, executed, gap, output: path }, output) {
    const timing = { gap: parseQuantity(gap, 'time', '--gap') };
    const { loadScheduleOf, scheduleForms } = await import('../convert-schedule.ts');
    const text = scheduleForms[to](await loadScheduleOf(schedule, executed), timing);
    if (path === undefined) {
      output.result({ schedule, to, text }, text.trimEnd());
    } else {
      const { writeNewFile } = await import('../../files/new-file.ts');
      await writeNewFile(path, text);
      output.result({ schedule, to, output: path }, `wrote ${path}`);
    }
    return exitCodes.done;
  },
};
