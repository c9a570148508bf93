import { join } from 'node:path';
import { type NeuronName, neuronTable } from '../../src/periphery/neurons/table.ts';
import { checkNeuronDimensions } from '../dimension-check.ts';
import { ModelReader } from '../extract.ts';
import { packageSources } from '../package-sources.ts';
import type { EmittedFile } from '../target.ts';
import { lowerNeuron, type NeuronRanges } from './lower-neuron.ts';
import { runNeuronBench } from './neuron-bench.ts';
import { neuronC } from './neuron-c.ts';
import { neuronVerilog } from './neuron-verilog.ts';
import { neuronIdentifier } from './neuron-emission.ts';
import { neuronParameters } from './neuron-parameters.ts';

export interface EmitNeuronOptions {
  readonly model: NeuronName;
  /** Values that replace the typical ones, SI units. */
  readonly parameters?: Readonly<Record<string, number>>;
  readonly bits: number;
  /** Ranges that replace those of the model. */
  readonly ranges?: NeuronRanges;
  /** Steps that the test benches take; 10,000 if left out. */
  readonly steps?: number;
}

/**
 * Write a neuron in fixed point: synthesizable Verilog and C99, each with a test bench. All forms give the same bits.
 *
 * `iverilog -g2012 -o bench *.v && vvp bench`, in the folder of the files, prints `pass`.
 *
 * @throws UsageError for bits, parameters or ranges that are not ones
 * @example
 * const files = await emitNeuron({ model: 'lif', parameters: { beta: 0.95 }, bits: 16 });
 */
export async function emitNeuron(options: EmitNeuronOptions): Promise<readonly EmittedFile[]> {
  const { bits, ranges, steps = 10_000 } = options;
  const entry = neuronTable[options.model];
  const model = await entry.load();
  const parameters = neuronParameters(model, options.parameters);
  const path = join(packageSources, 'src', 'periphery', 'neurons', `${entry.file}.ts`);
  const equations = new ModelReader().readNeuron(path);
  checkNeuronDimensions(equations);
  const circuit = lowerNeuron(equations, model, parameters, bits, ranges);
  const bench = runNeuronBench(circuit, steps);
  const emission = { name: neuronIdentifier(model.name), equations, parameters, circuit, bench };
  return [...neuronVerilog(emission), ...neuronC(emission)];
}
