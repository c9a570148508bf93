import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkNeuronDimensions } from '../../../hdl-gen/dimension-check.ts';
import { ModelReader } from '../../../hdl-gen/extract.ts';
import type { NeuronEquations } from '../../../hdl-gen/ir.ts';
import { emitNeuron } from '../../../hdl-gen/neurons/emit-neuron.ts';
import { FixedPointNeuron } from '../../../hdl-gen/neurons/fixed-point-neuron.ts';
import { lowerNeuron, type NeuronRanges } from '../../../hdl-gen/neurons/lower-neuron.ts';
import type { NeuronCircuit } from '../../../hdl-gen/neurons/neuron-circuit.ts';
import { packageSources } from '../../../hdl-gen/package-sources.ts';
import { UsageError } from '../../../src/errors.ts';
import { NeuronPopulation } from '../../../src/periphery/neurons/neuron-population.ts';
import { type NeuronName, neuronTable } from '../../../src/periphery/neurons/table.ts';
import { RandomStream } from '../../../src/random.ts';
import { messageOf } from './model-files.ts';

const folder = join('src', 'periphery', 'neurons');
const names = Object.keys(neuronTable) as NeuronName[];
const reader = new ModelReader();

function read(name: NeuronName): NeuronEquations {
  return reader.readNeuron(join(packageSources, folder, `${neuronTable[name].file}.ts`));
}

/** Read a neuron after a change of its text. */
function readChanged(name: NeuronName, from: string, to: string): NeuronEquations {
  const text = readFileSync(join(packageSources, folder, `${neuronTable[name].file}.ts`), 'utf8');
  expect(text).toContain(from);
  const top = mkdtempSync(join(tmpdir(), 'ohmloom-neurons-'));
  try {
    mkdirSync(join(top, folder), { recursive: true });
    cpSync(join(packageSources, 'src', 'units.ts'), join(top, 'src', 'units.ts'));
    writeFileSync(join(top, folder, `${name}.ts`), text.replace(from, to));
    return new ModelReader().readNeuron(join(top, folder, `${name}.ts`));
  } finally {
    rmSync(top, { recursive: true });
  }
}

async function lower(
  name: NeuronName,
  bits: number,
  replaced: Readonly<Record<string, number>> = {},
  ranges: NeuronRanges = {},
): Promise<{ circuit: NeuronCircuit; float: NeuronPopulation }> {
  const model = await neuronTable[name].load();
  const parameters = { ...model.typical, ...replaced };
  return {
    circuit: lowerNeuron(read(name), model, parameters, bits, ranges),
    float: new NeuronPopulation({ model, parameters, count: 1 }),
  };
}

test.each(names)('the units of %s agree', (name) => {
  expect(() => {
    checkNeuronDimensions(read(name));
  }).not.toThrow();
});

test.each([
  ['integrate-and-fire', 'p.step / p.capacitance;', 'p.step * p.capacitance;', 'chargingResistance returns'],
  [
    'integrate-and-fire',
    'return v - (p.threshold',
    'return v / (p.threshold',
    'overdrive returns 1, declared V',
  ],
  ['integrate-and-fire', "unit: 'A',", "unit: 'V',", 'argument i is in A, expected V'],
  ['izhikevich', 'p.step * (k', '(k', 'adds V and V s^-1'],
  ['izhikevich', 'return u + p.d;', 'return u + p.c;', 'adds V s^-1 and V'],
] as const)('a wrong unit in %s is found: %s -> %s', (name, from, to, message) => {
  expect(
    messageOf(() => {
      checkNeuronDimensions(readChanged(name, from, to));
    }),
  ).toContain(message);
});

describe('in fixed point', () => {
  test('a neuron whose numbers are short is the float neuron, to the last bit', async () => {
    const { circuit, float } = await lower('lif', 16, { beta: 0.5, theta: 1, drop: 1 });
    const fixed = new FixedPointNeuron(circuit);
    const stream = new RandomStream(6, 'input');
    let spikes = 0;
    for (let step = 0; step < 5000; step++) {
      // Halving every step, the sum needs more bits than there are: only a few inputs in a row.
      const input = step % 8 < 3 ? Math.floor(stream.uniform(step, 0) * 32) / 16 : 0;
      if (step % 8 === 0) {
        float.restart();
        fixed.states[0] = 0;
      }
      const spiked = fixed.step(input * 2 ** circuit.input.fraction);
      expect(spiked).toBe(float.step(Float64Array.of(input)) === 1);
      expect(fixed.states[0]! / 2 ** circuit.states[0]!.fraction).toBe(float.state('u')[0]!);
      spikes += spiked ? 1 : 0;
    }
    expect(spikes).toBeGreaterThan(500);
  });

  test.each([
    ['integrate-and-fire', 5.3e-8, 0.01],
    ['lif', 0.37, 0.01],
    ['alif', 0.9, 0.02],
    ['izhikevich', 10, 0.05],
  ] as const)('with 24 bits %s spikes as often as in float', async (name, input, share) => {
    const { circuit, float } = await lower(name, 24);
    const fixed = new FixedPointNeuron(circuit);
    const integer = Math.round(input * 2 ** circuit.input.fraction);
    const real = Float64Array.of(integer / 2 ** circuit.input.fraction);
    let [found, expected] = [0, 0];
    for (let step = 0; step < 20_000; step++) {
      found += fixed.step(integer) ? 1 : 0;
      expected += float.step(real);
    }
    expect(expected).toBeGreaterThan(10);
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(share * expected);
  });

  test('a state is held at the ends of its range', async () => {
    const { circuit } = await lower('lif', 8, { beta: 1, theta: 1000, drop: 0 }, { u: [-4, 4] });
    const fixed = new FixedPointNeuron(circuit);
    for (const [input, end] of [
      [127, 127],
      [-128, -128],
    ] as const) {
      for (let step = 0; step < 200; step++) {
        fixed.step(input);
      }
      expect(fixed.states[0]).toBe(end);
    }
  });

  test('ranges that are given move the binary points', async () => {
    const { circuit } = await lower('lif', 16, {}, { u: [-1, 1.9], input: [0, 0.4] });
    expect([circuit.states[0]!.fraction, circuit.input.fraction]).toEqual([14, 16]);
  });

  test('a function of a state that one clock cannot compute is refused', async () => {
    const model = await neuronTable.lif.load();
    const lowerChanged = (from: string, to: string) => () =>
      lowerNeuron(readChanged('lif', from, to), model, model.typical, 16);
    expect(messageOf(lowerChanged('return p.beta * u + i;', 'return p.beta * Math.exp(u) + i;'))).toMatch(
      /^UnsupportedSourceError: lif\.ts:\d+:\d+: lif in fixed point: "exp" of a state: use \+ - \* /u,
    );
    expect(messageOf(lowerChanged('return p.beta * u + i;', 'return p.beta / u + i;'))).toContain(
      '"/" of a state',
    );
    expect(messageOf(lowerChanged('return u - p.theta;', 'return p.theta;'))).toContain(
      'overdrive that depends on no state',
    );
  });

  test('choices, comparisons, min, max, abs and quotients are those of the equations', async () => {
    const model = await neuronTable.lif.load();
    const text =
      'const w = Math.min(Math.max(u, -i), Math.abs(i)) / p.theta;\n  return !(u >= i) && w !== 0 ? w : -u <= i || u === i ? u / 2 : i;';
    const equations = readChanged('lif', 'return p.beta * u + i;', text);
    const circuit = lowerNeuron(equations, model, { ...model.typical, drop: 0 }, 16);
    const fixed = new FixedPointNeuron(circuit);
    const stream = new RandomStream(8, 'cases');
    const scale = 2 ** circuit.states[0]!.fraction;
    for (let step = 0; step < 2000; step++) {
      const [u, i] = [stream.uniform(step, 0), stream.uniform(step, 1)].map(
        (part) => Math.round(8 * part - 4) / 4,
      );
      fixed.states[0] = u! * scale;
      fixed.step((i! / 2) * 2 ** circuit.input.fraction);
      const x = i! / 2;
      const w = Math.min(Math.max(u!, -x), Math.abs(x));
      const expected = !(u! >= x) && w !== 0 ? w : -u! <= x || u === x ? u! / 2 : x;
      expect(fixed.states[0] / scale).toBe(expected + 0);
    }
  });
});

describe('emitNeuron', () => {
  test('writes Verilog and C with units, scales and parameters in their heads', async () => {
    const files = await emitNeuron({ model: 'integrate-and-fire', bits: 16, steps: 100 });
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'integrate_and_fire_neuron.v',
        'integrate_and_fire_neuron_testbench.v',
        'fixed_multiply.v',
        'integrate_and_fire_neuron.c',
        'integrate_and_fire_neuron.h',
        'integrate_and_fire_neuron_testbench.c',
      ]),
    );
    const verilog = files.find(({ path }) => path === 'integrate_and_fire_neuron.v')!.text;
    expect(verilog).toContain(
      '// Generated by ohmloom from src/periphery/neurons/integrate-and-fire.ts; change that file and generate again.',
    );
    expect(verilog).toContain('// capacitance = 1e-12 F: C, capacitance of the membrane\n');
    expect(verilog).toContain('// v is integer 2^-14 V: voltage of the capacitor\n');
    expect(verilog).toContain('output reg signed [15:0] state_v,');
  });

  test.each([
    [{ bits: 7 }, 'bits: found 7, expected an integer from 8 to 24'],
    [
      { bits: 16, parameters: { betta: 1 } },
      'neuron lif: found parameter "betta", expected one of beta, theta, drop',
    ],
    [{ bits: 16, parameters: { beta: 1.5 } }, 'neuron lif: beta is 1.5, expected 0 to 1'],
  ])('refuses %o', async (options, message) => {
    const error: unknown = await emitNeuron({ model: 'lif', ...options }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toBe(message);
  });
});
