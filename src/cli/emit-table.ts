import type { Command } from './command.ts';
import { emitArrayCommand } from './commands/emit-array.ts';
import { emitModelCommand } from './commands/emit-model.ts';
import { emitNeuronCommand } from './commands/emit-neuron.ts';
import { emitSequencerCommand } from './commands/emit-sequencer.ts';

/** What `ohmloom emit` writes, one subcommand each. */
export const emitTable: readonly Command<object>[] = [
  emitModelCommand('verilog-a'),
  emitModelCommand('spice'),
  emitModelCommand('c'),
  emitModelCommand('verilog'),
  emitNeuronCommand,
  emitArrayCommand,
  emitSequencerCommand,
];
