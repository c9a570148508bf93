import { exitCodes } from '../../errors.ts';
import { type NeuronName, neuronTable } from '../../periphery/neurons/table.ts';
import type { Command } from '../command.ts';
import { options } from '../options.ts';

interface Flags {
  readonly model: NeuronName;
  readonly parameter: readonly string[];
  readonly bits: number;
  readonly out: string;
  readonly check: boolean;
}

/** `emit neuron`: a spiking neuron in fixed point, as Verilog and C with their test benches. */
export const emitNeuronCommand: Command<Flags> = {
  command: 'neuron',
  describe: 'a spiking neuron in fixed point: synthesizable Verilog, C99, and test benches',
  lists: ['parameter'],
  builder: (yargs) =>
    yargs
      .option('model', {
        choices: Object.keys(neuronTable) as NeuronName[],
        demandOption: true,
        describe: 'name of a neuron',
        requiresArg: true,
      })
      .option('bits', {
        type: 'number',
        default: 16,
        describe: 'bits of every number, 8 to 24',
        requiresArg: true,
      })
      .option('parameter', {
        type: 'string',
        array: true,
        default: [],
        describe: 'name=value in SI units, in place of the typical value; may be given again',
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
        describe: 'run the Verilog through its test bench in Icarus Verilog',
      }),
  async handler(flags, output) {
    const { runEmitNeuron } = await import('../emit-neuron.ts');
    const { document, text } = await runEmitNeuron(flags);
    output.result(document, text);
    return exitCodes.done;
  },
};
