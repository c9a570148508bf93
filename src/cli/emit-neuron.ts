import { emitNeuron } from '../../hdl-gen/neurons/emit-neuron.ts';
import { neuronIdentifier } from '../../hdl-gen/neurons/neuron-emission.ts';
import { simulateIcarus } from '../../hdl-gen/toolchain/icarus.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { ToolError, UsageError } from '../errors.ts';
import type { NeuronName } from '../periphery/neurons/table.ts';
import { resolve } from 'node:path';
import { type EmitOutcome, writeEmitted } from './write-emitted.ts';

export interface EmitNeuronFlags {
  readonly model: NeuronName;
  /** `name=value` in SI units, once for each value that replaces a typical one. */
  readonly parameter: readonly string[];
  readonly bits: number;
  readonly out: string;
  /** Whether the Verilog is run through its test bench. */
  readonly check: boolean;
}

/**
 * Write a neuron in fixed point.
 *
 * @throws UsageError for a parameter or bits that are not ones
 * @throws ConfigError for files that exist or cannot be written
 * @throws ToolError for a check whose tool is missing or finds a difference
 */
export async function runEmitNeuron({
  model,
  parameter,
  bits,
  out,
  check,
}: EmitNeuronFlags): Promise<EmitOutcome> {
  const parameters = Object.fromEntries(parameter.map(parseParameter));
  const files = await emitNeuron({ model, parameters, bits });
  const paths = await writeEmitted(out, files);
  const finding = check
    ? await simulate(
        out,
        files.map(({ path }) => path),
        model,
      )
    : undefined;
  return {
    document: { target: 'neuron', model, bits, parameters, files: paths, check: finding ?? null },
    text: [`wrote ${paths.join(', ')}`, ...(finding === undefined ? [] : [finding])].join('\n'),
  };
}

function parseParameter(text: string): [name: string, value: number] {
  const [, name, digits] = /^([A-Za-z]\w*)=(\S+)$/u.exec(text) ?? [];
  const value = Number(digits);
  if (name === undefined || digits === undefined || !Number.isFinite(value)) {
    throw new UsageError(
      'neuron-parameter',
      `--parameter: found "${text}", expected name=value with a number in SI units`,
    );
  }
  return [name, value];
}

async function simulate(out: string, paths: readonly string[], model: NeuronName): Promise<string> {
  const sources = paths.filter((path) => path.endsWith('.v')).map((path) => resolve(out, path));
  const top = `${neuronIdentifier(model)}_testbench`;
  const output = await inWorkFolder((folder) => simulateIcarus({ sources, top }, { folder }));
  if (!output.split('\n').includes('pass')) {
    throw new ToolError('test-bench-failed', `vvp: the test bench did not print pass:\n${output}`);
  }
  return 'the test bench passes in Icarus Verilog';
}
