import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emitNeuron } from '../../hdl-gen/neurons/emit-neuron.ts';
import { neuronIdentifier } from '../../hdl-gen/neurons/neuron-emission.ts';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { buildC } from '../../hdl-gen/toolchain/gcc.ts';
import { simulateIcarus } from '../../hdl-gen/toolchain/icarus.ts';
import { placeIce40 } from '../../hdl-gen/toolchain/nextpnr-ice40.ts';
import { runProgram } from '../../hdl-gen/toolchain/run-program.ts';
import { buildVerilator, lintVerilator, runVerilated } from '../../hdl-gen/toolchain/verilator.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { type NeuronName, neuronTable } from '../../src/periphery/neurons/table.ts';

const names = Object.keys(neuronTable) as NeuronName[];
const million = 1_000_000;
const minutes = 60_000;

interface Emitted {
  readonly folder: string;
  readonly top: string;
  /** Verilog without the test bench. */
  readonly modules: readonly string[];
}

/** Emit a neuron into a folder, perhaps with a change of its own file, and run a tool there. */
async function withNeuron<Result>(
  model: NeuronName,
  { bits = 16, steps = 10_000, from = '', to = '' },
  task: (emitted: Emitted) => Promise<Result>,
): Promise<Result> {
  const top = neuronIdentifier(model);
  const files = await emitNeuron({ model, bits, steps });
  return inWorkFolder(async (folder) => {
    for (const { path, text } of files) {
      const isNeuron = path === `${top}.v` || path === `${top}.c`;
      await writeFile(join(folder, path), isNeuron ? text.replace(from, to) : text);
    }
    const modules = files
      .map(({ path }) => path)
      .filter((path) => path.endsWith('.v') && !path.includes('testbench'));
    return task({ folder, top, modules });
  });
}

async function runC({ folder, top }: Emitted): Promise<string> {
  await buildC([`${top}.c`, `${top}_testbench.c`], 'bench', { folder });
  const { output, exitCode } = await runProgram(join(folder, 'bench'), [], { folder });
  return `${output}exit code ${exitCode}`;
}

function runIcarus({ folder, top, modules }: Emitted): Promise<string> {
  return simulateIcarus({ sources: [...modules, `${top}_testbench.v`], top: `${top}_testbench` }, { folder });
}

describe.skipIf(missingTools(['gcc']).length > 0)('neurons in C, under the sanitizers', () => {
  test.each(names)('%s gives the same bits over a million random steps', async (name) => {
    expect(await withNeuron(name, { steps: million }, runC)).toBe('pass\nexit code 0');
  });

  test.each([8, 24])('alif in %i bits', async (bits) => {
    expect(await withNeuron('alif', { bits }, runC)).toBe('pass\nexit code 0');
  });

  test('a constant that is off by one does not pass', async () => {
    const found = await withNeuron('lif', { from: '29491', to: '29490' }, runC);
    expect(found).toMatch(/^\d+ spikes, expected \d+; hash .*\nfail\nexit code 1$/u);
  });
});

describe.skipIf(missingTools(['iverilog', 'vvp']).length > 0)('neurons in Icarus Verilog', () => {
  test.each(names)('%s gives the same bits', async (name) => {
    expect(await withNeuron(name, { steps: 2000 }, runIcarus)).toMatch(/^pass$/mu);
  });

  test.each([8, 24])('izhikevich in %i bits', async (bits) => {
    expect(await withNeuron('izhikevich', { bits, steps: 2000 }, runIcarus)).toMatch(/^pass$/mu);
  });

  test('a constant that is off by one does not pass', async () => {
    expect(await withNeuron('lif', { from: "16'sh7333", to: "16'sh7332" }, runIcarus)).toMatch(/^fail$/mu);
  });
});

describe.skipIf(missingTools(['verilator']).length > 0)('neurons in Verilator', () => {
  test.each(names)(
    '%s raises no warning, and gives the same bits over a million random steps',
    { timeout: 5 * minutes },
    async (name) => {
      const output = await withNeuron(name, { steps: million }, async ({ folder, top, modules }) => {
        await lintVerilator({ sources: modules, top }, { folder });
        const bench = { sources: [...modules, `${top}_testbench.v`], top: `${top}_testbench` };
        return runVerilated(await buildVerilator(bench, { folder, deadline: 280 }), { folder });
      });
      expect(output).toMatch(/^pass$/mu);
    },
  );
});

describe.skipIf(missingTools(['yosys', 'nextpnr-ice40']).length > 0)('neurons on an iCE40 HX8K', () => {
  test.each([
    ['lif', 600, 20e6],
    ['izhikevich', 3000, 7e6],
  ] as const)(
    '%s in 16 bits takes at most %i cells, and runs at %d Hz at least',
    { timeout: 5 * minutes },
    async (name, cells, hertz) => {
      const placed = await withNeuron(name, {}, ({ folder, top, modules }) =>
        placeIce40({ sources: modules, top, device: 'hx8k' }, { folder, deadline: 280 }),
      );
      expect(placed.logicCells).toBeLessThanOrEqual(cells);
      expect(placed.clockHertz).toBeGreaterThanOrEqual(hertz);
    },
  );
});
