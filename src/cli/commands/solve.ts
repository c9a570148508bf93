import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';

interface Flags {
  readonly cases: string[];
  readonly out: string | undefined;
  readonly single: boolean;
}

export const solveCommand: Command<Flags> = {
  command: 'solve <cases..>',
  describe: 'find every voltage and current of crossbars with resistive lines',
  lists: ['cases'],
  builder: (yargs) =>
    yargs
      .positional('cases', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'nodal cases (.json): cells, segment resistances and the sources at the four sides',
      })
      .option('out', {
        type: 'string',
        describe: 'file for the answer (.json); it must not exist yet',
        requiresArg: true,
      })
      .option('single', {
        type: 'boolean',
        default: false,
        describe: 'solve large cases in single precision, to 1e-4 of the largest current',
      }),
  async handler({ cases, out, single }, output) {
    const { solveCases } = await import('../solve-case.ts');
    const { document, text } = await solveCases(cases, single ? { method: 'single' } : {});
    if (out === undefined) {
      output.result(document, text);
    } else {
      const { writeNewFile } = await import('../../files/new-file.ts');
      await writeNewFile(out, `${JSON.stringify(document)}\n`);
      output.result({ cases, output: out }, `${text}\nwrote ${out}`);
    }
    return exitCodes.done;
  },
};
