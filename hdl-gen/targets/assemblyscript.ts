/**
 * AssemblyScript in float64: the exposure of a strip of an array's cells to one voltage, which src/kernels loads. A model
 * with a closed form runs two cells at a time; one without is integrated cell by cell.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { floatText, unreserved } from '../identifiers.ts';
import type { Model, ModelFunction } from '../ir.ts';
import { packageSources } from '../package-sources.ts';
import { provenance } from '../provenance.ts';
import { type Dialect, indent, renderBlock } from '../render.ts';
import type { EmittedFile, Target } from '../target.ts';
import { closedFormText, integratedText } from './assemblyscript-advance.ts';
import { arrayText } from './assemblyscript-array.ts';
import { mathImports, scalarFunctions } from './assemblyscript-machines.ts';

/** Hand-written parts that emitted modules import, from src/kernels. */
const runtimeFiles = ['exposure-math.as.ts', 'exposure-integrator.as.ts', 'exposure-cross.as.ts'] as const;

/** Exposure kernel of one model, for any parameters. */
export const assemblyscript: Target = {
  name: 'assemblyscript',
  title: 'AssemblyScript, float64: exposure kernel of an array',
  emit(emission) {
    const { model } = emission;
    const text = [...provenance({ model }).map((line) => `// ${line}`), ...moduleText(model), ''].join('\n');
    return [{ path: `exposure-${model.name}.as.ts`, text }, ...runtimeFiles.map(runtimeFile)];
  },
};

function runtimeFile(path: string): EmittedFile {
  return { path, text: readFileSync(join(packageSources, 'src', 'kernels', path), 'utf8') };
}

const reserved: ReadonlySet<string> = new Set([
  ...'abstract as async await bool break case catch class const constructor continue debugger declare default'.split(
    ' ',
  ),
  ...'delete do else enum export extends f32 f64 false finally for from function get i16 i32 i64 i8 if implements'.split(
    ' ',
  ),
  ...'import in instanceof interface is isize keyof let module namespace new null number of operator package'.split(
    ' ',
  ),
  ...'private protected public readonly return set static string super switch symbol this throw true try type'.split(
    ' ',
  ),
  ...'typeof u16 u32 u64 u8 unknown usize v128 var void while with yield Math'.split(' '),
  ...'load store f64x2 i64x2 isFinite isNaN integrate states freeMasks spread rows rowOf memory reinterpret'.split(
    ' ',
  ),
  ...'wordLines bitLines pitch results pulseVolts slope loadParameters heapBase place shape prepare'.split(
    ' ',
  ),
  ...'expose exposeAround exposeStrip write joules coulombs book select currentAt crossAt cross placeCross solveCross'.split(
    ' ',
  ),
  ...'modelRate modelCurrent modelAdvance modelLowerBound modelUpperBound'.split(' '),
  ...mathImports,
]);

const dialect: Dialect = {
  functions: scalarFunctions,
  number: floatText,
  name: (_, name) => unreserved(name, reserved),
  parameter: (name) => `p_${name}`,
  call: (name, operands) => `${unreserved(name, reserved)}(${operands.join(', ')})`,
};

function moduleText(model: Model): string[] {
  const { roles } = model;
  const call = (name: string, ...operands: readonly string[]): string => dialect.call(name, operands);
  return [
    `import { ${mathImports.join(', ')} } from './exposure-math.as';`,
    "import { integrate } from './exposure-integrator.as';",
    "import { placeCross, solveCross } from './exposure-cross.as';",
    '',
    '// A parameter: its value for all cells, or a column of values, of which each cell takes its own (masks all ones)',
    '// or all take the first (masks zero).',
    ...model.parameters.flatMap(({ name, unit }) => [
      `export let p_${name}: f64 = 0; // ${unit}`,
      `export let column_${name}: usize = 0;`,
      `export let own_${name}: usize = 0;`,
    ]),
    ...model.constants.map(
      ({ name, value }) => `const ${dialect.name('constant', name)}: f64 = ${floatText(value)};`,
    ),
    '',
    ...model.functions.flatMap((definition) => [...functionText(definition), '']),
    'export function modelRate(v: f64, x: f64): f64 {',
    `  return ${call(roles.rate, 'v', 'x')};`,
    '}',
    '',
    'export function modelCurrent(v: f64, x: f64): f64 {',
    `  return ${call(roles.current, 'v', 'x')};`,
    '}',
    '',
    'export function modelLowerBound(): f64 {',
    `  return ${call(roles.lowerBound)};`,
    '}',
    '',
    'export function modelUpperBound(): f64 {',
    `  return ${call(roles.upperBound)};`,
    '}',
    '',
    ...(roles.advance === undefined
      ? integratedText()
      : closedFormText(model, roles.advance, call(roles.advance, 'v', 'x', 'dt'))),
    '',
    ...arrayText(
      model.parameters.map(({ name }) => name),
      !model.quietAtZeroVolts,
    ),
  ];
}

function functionText(definition: ModelFunction): string[] {
  const { name, arguments: args, body, summary, unit } = definition;
  const list = args.map((argument) => `${dialect.name('argument', argument.name)}: f64`).join(', ');
  const statements = renderBlock(body, dialect, {
    local: (local, value) => `const ${local}: f64 = ${value};`,
    result: (value) => `return ${value};`,
  });
  return [
    `// ${summary === '' ? name : summary} [${unit}]`,
    `function ${unreserved(name, reserved)}(${list}): f64 {`,
    ...indent(statements),
    '}',
  ];
}
