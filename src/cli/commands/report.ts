import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';

interface Flags {
  readonly run: string;
}

export const reportCommand: Command<Flags> = {
  command: 'report <run>',
  describe: 'write report.html into a run folder',
  builder: (yargs) => yargs.positional('run', { type: 'string', demandOption: true, describe: 'run folder' }),
  async handler({ run }, output) {
    const { writeReport } = await import('../../report/write-report.ts');
    const report = await writeReport(run);
    output.result({ report }, `report: ${report}`);
    return exitCodes.done;
  },
};
