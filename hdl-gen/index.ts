/** The model compiler as a library, `ohmloom/hdl`: read model files, check their units, write them in other languages. */
export { arrayNetlist } from './array-netlist.ts';
export { checkDimensions } from './dimension-check.ts';
export { deviceModelOf } from './evaluate.ts';
export { ModelReader } from './extract.ts';
export { builtInModelPath } from './package-sources.ts';
export { emitNeuron } from './neurons/emit-neuron.ts';
export { printModel } from './print.ts';
export { emitSequencer } from './sequencer/emit-sequencer.ts';
export { targetTable } from './target-table.ts';

export type { ArrayNetlist, NetlistCells, NetlistWires, Prediction } from './array-netlist.ts';
export type { Model } from './ir.ts';
export type { EmitNeuronOptions } from './neurons/emit-neuron.ts';
export type { SequencerOptions } from './sequencer/emit-sequencer.ts';
export type { EmittedDevice, EmittedFile, Emission, Target } from './target.ts';
export type { TargetEntry, TargetName } from './target-table.ts';
