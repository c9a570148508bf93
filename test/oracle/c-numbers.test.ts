import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../devices/load-device.ts';
import { mathFunctions, type MathName } from '../../hdl-gen/function-table.ts';
import { modelIdentifier } from '../../hdl-gen/identifiers.ts';
import type { Expression, Model, SourceLocation } from '../../hdl-gen/ir.ts';
import type { EmittedFile } from '../../hdl-gen/target.ts';
import { c99 } from '../../hdl-gen/targets/c99.ts';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { buildC } from '../../hdl-gen/toolchain/gcc.ts';
import { runProgram } from '../../hdl-gen/toolchain/run-program.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import { advanceState } from '../../src/model/state-integrator.ts';
import { RandomStream } from '../../src/random.ts';
import { type ModelCase, modelNames, publishedCase, randomCase, writeFiles } from './emitted-models.ts';

/** Build the files and what `main` holds, and give the numbers that the program prints, a row each line. */
async function compute(files: readonly EmittedFile[], main: readonly string[], input: readonly string[]) {
  return inWorkFolder(async (folder) => {
    const sources = files.filter(({ path }) => !path.includes('_testbench'));
    await writeFiles(folder, [...sources, { path: 'main.c', text: `${main.join('\n')}\n` }]);
    await writeFile(join(folder, 'input.txt'), input.join('\n'));
    const modules = sources.map(({ path }) => path).filter((path) => path.endsWith('.c'));
    await buildC([...modules, 'main.c'], 'main', { folder });
    const { output } = await runProgram(join(folder, 'main'), ['input.txt'], { folder });
    const rows = output.trimEnd().split('\n');
    expect(rows).toHaveLength(input.length);
    return rows.map((row) => row.split(' ').map(Number));
  });
}

/** A program that reads rows of a function's index and three numbers, and prints what `call` makes of them. */
function mainText(modules: readonly string[], call: (module: string) => string): string[] {
  return [
    '#include <stdio.h>',
    ...modules.map((module) => `#include "${module}.h"`),
    'int main(int count, char **paths) {',
    '  FILE *input = count > 1 ? fopen(paths[1], "r") : NULL;',
    '  int index;',
    '  double a, b, c;',
    '  while (input != NULL && fscanf(input, "%d %lf %lf %lf", &index, &a, &b, &c) == 4) {',
    '    switch (index) {',
    ...modules.map((module, index) => `      case ${index}: ${call(module)} break;`),
    '    }',
    '  }',
    '  return input == NULL ? 1 : fclose(input);',
    '}',
  ];
}

const at: SourceLocation = { file: 'oracle', line: 1, column: 1 };

/** Where the first operand lies, for functions that are not defined or not finite everywhere. */
const domains: Readonly<Partial<Record<MathName, readonly [number, number]>>> = {
  sqrt: [0, 1e6],
  log: [1e-9, 1e6],
  log1p: [-0.99, 1e3],
  pow: [1e-6, 50],
  asin: [-1, 1],
  acos: [-1, 1],
};

const everywhere = [-20, 20] as const;

/** A model whose rate is one mathematical function of `v` and, where it takes two numbers, `x`. */
function mathModel(name: MathName): Model {
  const argument = (of: string): Expression => ({ kind: 'argument', name: of, at });
  const number = (value: number): Expression => ({ kind: 'number', value, at });
  const call = (own: MathName, ...operands: readonly Expression[]): Expression => ({
    kind: 'math',
    name: own,
    operands,
    at,
  });
  const [low, high] = domains[name] ?? everywhere;
  const first = call('min', call('max', argument('v'), number(low)), number(high));
  const operands = [first, argument('x')].slice(0, mathFunctions[name].operands);
  const define = (own: string, value: Expression) => ({
    name: own,
    summary: '',
    arguments: [
      { name: 'v', unit: '1', at },
      { name: 'x', unit: '1', at },
    ],
    unit: '1',
    body: { locals: [], end: { kind: 'result', value, at } },
    at,
  });
  const bound = (own: string, value: number) => ({ ...define(own, number(value)), arguments: [] });
  return {
    name: `math-${name}`,
    title: 'one function',
    source: 'the oracle',
    state: { symbol: 'x', unit: '1', meaning: 'second operand', conductance: 'rises' },
    setPolarity: 1,
    quietAtZeroVolts: false,
    validVolts: 1,
    parameters: [],
    constants: [],
    functions: [
      define('rate', call(name, ...operands)),
      define('current', argument('v')),
      bound('lowerBound', 0),
      bound('upperBound', 1),
    ],
    roles: { rate: 'rate', current: 'current', lowerBound: 'lowerBound', upperBound: 'upperBound' },
    at,
  } as Model;
}

/** Doubles between two numbers. */
function ulps(a: number, b: number): number {
  if (a === b) {
    return 0;
  }
  const bits = (value: number): bigint => {
    const word = new BigInt64Array(Float64Array.of(value).buffer)[0]!;
    return word < 0n ? -(word & 0x7fff_ffff_ffff_ffffn) : word;
  };
  const distance = bits(a) - bits(b);
  return Number(distance < 0n ? -distance : distance);
}

/** Pulses of every width and both polarities, and the places that they leave in C and in TypeScript. */
async function placesAfterPulses(cases: readonly ModelCase[], files: readonly EmittedFile[], pulses: number) {
  const modules = cases.map(({ model }) => modelIdentifier(model.name));
  const random = new RandomStream(7, 'c-pulses');
  const input: string[] = [];
  const expected: number[] = [];
  for (const [index, { model, device }] of cases.entries()) {
    const { parameters: p, set } = device;
    const native = (await loadDevice(model.name, set.name)).model;
    const [lower, upper] = [native.lowerBound(p), native.upperBound(p)];
    let x = (lower + upper) / 2;
    for (let pulse = 0; pulse < pulses; pulse++) {
      const limit =
        random.uniform(index, 4 * pulse) < 0.5 ? (set.volts?.max ?? 1.5) : (set.volts?.min ?? -1.5);
      const volts = limit * random.uniform(index, 4 * pulse + 1);
      const width = 10 ** (-9 + 6 * random.uniform(index, 4 * pulse + 2));
      const next = advanceState(native, volts, x, width, p);
      input.push(`${index} ${volts} ${pulse === 0 ? x : Number.NaN} ${width}`);
      expected.push((next - lower) / (upper - lower));
      x = next;
    }
  }
  const call = (module: string): string =>
    `{ static double x; x = b == b ? b : x; x = ${module}_advance(a, x, c); const double lower = ${module}_lower_bound(); ` +
    `printf("%.17g\\n", (x - lower) / (${module}_upper_bound() - lower)); }`;
  const found = await compute(files, mainText(modules, call), input);
  return { expected, found: found.map(([place]) => place!) };
}

describe.skipIf(missingTools(['gcc']).length > 0)(
  'C built by gcc with sanitizers agrees with TypeScript',
  () => {
    test('every mathematical function, to 4 units in the last place', async () => {
      const names = Object.keys(mathFunctions) as MathName[];
      const random = new RandomStream(8, 'c-functions');
      const rows = names.flatMap((name, index) =>
        Array.from({ length: 2000 }, (_, draw) => {
          const [low, high] = domains[name] ?? everywhere;
          const a = low + (high - low) * random.uniform(index, 2 * draw);
          return { name, index, a, b: -5 + 10 * random.uniform(index, 2 * draw + 1) };
        }),
      );
      const models = names.map(mathModel);
      const { device } = await publishedCase('vteam', 'technion');
      const files = models.flatMap((model) => c99.emit({ model, device: { ...device, parameters: {} } }));
      const modules = models.map(({ name }) => modelIdentifier(name));
      const main = mainText(modules, (module) => `printf("%.17g\\n", ${module}_rate(a, b)); (void)c;`);
      const found = await compute(
        files,
        main,
        rows.map(({ index, a, b }) => `${index} ${a} ${b} 0`),
      );
      const far = rows.filter(
        ({ name, a, b }, row) => !(ulps(found[row]![0]!, mathFunctions[name].evaluate(a, b)) <= 4),
      );
      expect(far).toEqual([]);
    });

    test('every model over 1,000 pulses, to 1e-9 of the range of its state', async () => {
      const cases = await Promise.all(modelNames.map((name) => randomCase(name, 9)));
      const files = cases.flatMap((modelCase) => c99.emit(modelCase));
      const { expected, found } = await placesAfterPulses(cases, files, 1000);
      const errors = expected.map((place, index) => Math.abs(place - found[index]!));
      expect(errors.findIndex((error) => !(error < 1e-9))).toBe(-1);
      // The states have been everywhere.
      expect(new Set(expected.map((place) => place.toFixed(1))).size).toBe(11);
    });
  },
);
