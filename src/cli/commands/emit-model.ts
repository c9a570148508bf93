import { type TargetName, targetTable } from '../../../hdl-gen/target-table.ts';
import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';
import { options } from '../options.ts';

interface Flags {
  readonly model: string;
  readonly set: string | undefined;
  readonly out: string;
  readonly check: boolean;
}

/** `emit TARGET`: a device model in another language, with its parameters and a test bench. */
export function emitModelCommand(target: TargetName): Command<Flags> {
  return {
    command: target,
    describe: targetTable[target].title,
    builder: (yargs) =>
      yargs
        .option('model', {
          type: 'string',
          demandOption: true,
          describe: 'name of a device model, or path of a model file of your own (.ts)',
          requiresArg: true,
        })
        .option('set', {
          type: 'string',
          describe: "parameter set, or path of a parameter file (.json); the model's first if left out",
          requiresArg: true,
        })
        .option('out', {
          ...options.out,
          describe: 'folder to write; files are never replaced',
          demandOption: true,
        })
        .option('check', {
          type: 'boolean',
          default: false,
          describe: 'run what was written through the tool that it is for',
        }),
    async handler({ out, check, ...flags }, output) {
      const { emitModel } = await import('../emit-model.ts');
      const { document, text } = await emitModel(target, { ...flags, out, check });
      output.result(document, text);
      return exitCodes.done;
    },
  };
}
