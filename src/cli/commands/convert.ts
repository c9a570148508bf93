import { exitCodes } from '../../errors.ts';
import { parseQuantity } from '../../quantity.ts';
import type { Command } from '../command.ts';

const forms = ['text', 'json', 'vcd', 'pwl', 'csv', 'npz', 'session'] as const;
type Form = (typeof forms)[number];

interface Flags {
  readonly schedule: string;
  readonly to: Form;
  readonly executed: boolean;
  readonly gap: string;
  readonly output: string | undefined;
}

export const convertCommand: Command<Flags> = {
  command: 'convert <schedule>',
  describe:
    'write a schedule as text, JSON, VCD, SPICE PWL or CSV; sessions and stores of ArC ONE and TWO as arrays',
  builder: (yargs) =>
    yargs
      .positional('schedule', {
        type: 'string',
        demandOption: true,
        describe:
          'schedule (.msgpack or .json), plan folder, run folder, session of ArC ONE (.csv, .csv.gz) or its arrays (.npz), store of ArC TWO (.h5)',
      })
      .option('to', {
        choices: forms,
        default: 'text' as const,
        describe: 'what to write; session: a run as the program of ArC ONE saves it',
      })
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
    if (/\.(?:h5|hdf5)$/iu.test(schedule)) {
      const { convertStore } = await import('../convert-store.ts');
      const { document, text } = await convertStore(schedule, to, path);
      output.result(document, text);
      return exitCodes.done;
    }
    if (/\.(?:csv|csv\.gz|npz)$/iu.test(schedule) || to === 'npz' || to === 'session') {
      const { convertSession } = await import('../convert-session.ts');
      const { document, text } = await convertSession(schedule, to, path);
      output.result(document, text);
      return exitCodes.done;
    }
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
