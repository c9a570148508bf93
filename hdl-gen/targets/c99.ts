/**
 * C99 in float64: a header, a source and a test bench for one device. Parameters are named constants, operations stand
 * in the order of the model, so that a compiler that keeps to IEEE 754 gives the emulator's numbers but for the last
 * bits of its mathematical functions.
 */
import { distinctNames } from '../distinct-names.ts';
import type { FunctionTable } from '../function-table.ts';
import { floatText, modelIdentifier, snakeCase, unreserved } from '../identifiers.ts';
import type { Model, ModelFunction } from '../ir.ts';
import { provenance } from '../provenance.ts';
import { type Dialect, indent, renderBlock } from '../render.ts';
import { type EmittedDevice, type Emission, requireDevice, type Target } from '../target.ts';
import { usedArguments, usedMath } from '../walk.ts';
import { cBoundedAdvance, cIntegratedAdvance } from './c99-advance.ts';
import { cComment } from './c99-comment.ts';
import { cTestBench } from './c99-test-bench.ts';

const functionTable: FunctionTable = {
  abs: (a) => `fabs(${a})`,
  min: (a, b) => `least(${a}, ${b})`,
  max: (a, b) => `greatest(${a}, ${b})`,
  sign: (a) => `sign_of(${a})`,
  sqrt: (a) => `sqrt(${a})`,
  pow: (a, b) => `pow(${a}, ${b})`,
  floor: (a) => `floor(${a})`,
  ceil: (a) => `ceil(${a})`,
  exp: (a) => `exp(${a})`,
  expm1: (a) => `expm1(${a})`,
  log: (a) => `log(${a})`,
  log1p: (a) => `log1p(${a})`,
  sin: (a) => `sin(${a})`,
  cos: (a) => `cos(${a})`,
  tan: (a) => `tan(${a})`,
  asin: (a) => `asin(${a})`,
  acos: (a) => `acos(${a})`,
  atan: (a) => `atan(${a})`,
  sinh: (a) => `sinh(${a})`,
  cosh: (a) => `cosh(${a})`,
  tanh: (a) => `tanh(${a})`,
};

/** Functions that C lacks, or has with another answer for NaN; `least` and `greatest` also hold the state. */
const ownFunctions = [
  'static double least(double a, double b) {',
  '  return a < b || isnan(a) ? a : b;',
  '}',
  '',
  'static double greatest(double a, double b) {',
  '  return a > b || isnan(a) ? a : b;',
  '}',
  '',
];

const signOf = ['static double sign_of(double a) {', '  return a > 0.0 ? 1.0 : a < 0.0 ? -1.0 : a;', '}', ''];

/** Words of C and names of <math.h> that a model may not have for its own. */
const reserved: ReadonlySet<string> = new Set([
  ...'auto break case char const continue default do double else enum extern float for goto if inline int long'.split(
    ' ',
  ),
  ...'register restrict return short signed sizeof static struct switch typedef union unsigned void volatile'.split(
    ' ',
  ),
  ...'while fabs least greatest sign_of'.split(' '),
  ...Object.keys(functionTable),
]);

/** Names of what the emitted source itself defines beside the equations. */
const taken: ReadonlySet<string> = new Set([
  'rate',
  'current',
  'lower_bound',
  'upper_bound',
  'closed_form',
  'expose',
  'conductance',
  'advance',
  'integrate',
  'slope',
  'hold',
]);

/** Float64 C of one device. */
export const c99: Target = {
  name: 'c99',
  title: 'C99, float64: header, source and test bench',
  emit(emission) {
    const device = requireDevice(emission, 'c99');
    const { model } = emission;
    const name = modelIdentifier(model.name);
    return [
      { path: `${name}.h`, text: lines(header(emission, name)) },
      { path: `${name}.c`, text: lines(source(emission, name, device)) },
      { path: `${name}_testbench.c`, text: lines(cTestBench(emission, device, name)) },
    ];
  },
};

function header(emission: Emission, name: string): string[] {
  const { model } = emission;
  const { unit } = model.state;
  const guard = `OHMLOOM_${name.toUpperCase()}_H`;
  return [
    ...cComment(provenance(emission)),
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    '#include <stddef.h>',
    '',
    `/* Time derivative of the state at v volts, ${unit} s^-1. */`,
    `double ${name}_rate(double v, double x);`,
    '',
    '/* Current from word line to bit line, A; the state does not change. */',
    `double ${name}_current(double v, double x);`,
    '',
    '/* Conductance as a read at read_volts sees it, S. */',
    `double ${name}_conductance(double x, double read_volts);`,
    '',
    `/* Bounds of the state, ${unit}. */`,
    `double ${name}_lower_bound(void);`,
    `double ${name}_upper_bound(void);`,
    '',
    '/* State after dt seconds at v volts, held inside the bounds; NaN where the model has no finite one. */',
    `double ${name}_advance(double v, double x, double dt);`,
    '',
    '/* Advance count states of an array, from states[first] in steps of stride, and return the energy that they took,',
    '   J: the sum of V I before, times dt. NaN where the model is not finite. */',
    `double ${name}_expose(double *states, size_t first, size_t stride, size_t count, double v, double dt);`,
    '',
    '#endif',
  ];
}

function source(emission: Emission, name: string, { parameters }: EmittedDevice): string[] {
  const { model } = emission;
  const names = cNames(model, name);
  return [
    ...cComment(provenance(emission)),
    `#include "${name}.h"`,
    '',
    '#include <math.h>',
    '',
    ...model.parameters.flatMap((parameter) => [
      ...cComment([`${parameter.meaning} [${parameter.unit}]`]),
      `#define ${names.parameter(parameter.name)} ${bracketed(parameters[parameter.name]!)}`,
    ]),
    ...model.constants.flatMap((constant) => [
      `/* [${constant.unit}] */`,
      `#define ${names.constant(constant.name)} ${bracketed(constant.value)}`,
    ]),
    '',
    ...ownFunctions,
    ...(usedMath(model).has('sign') ? signOf : []),
    ...model.functions.flatMap((definition) => [...functionText(definition, names), '']),
    ...(model.roles.advance === undefined
      ? cIntegratedAdvance(name)
      : cBoundedAdvance(name, names.function(model.roles.advance))),
    '',
    `double ${name}_conductance(double x, double read_volts) {`,
    `  return ${name}_current(read_volts, x) / read_volts;`,
    '}',
    '',
    `double ${name}_expose(double *states, size_t first, size_t stride, size_t count, double v, double dt) {`,
    '  double amperes = 0.0;',
    '  double residue = 0.0;',
    '  for (size_t k = 0, index = first; k < count; k++, index += stride) {',
    `    const double next = ${name}_advance(v, states[index], dt);`,
    `    amperes += ${name}_current(v, states[index]);`,
    '    residue += next - next;',
    '    states[index] = next;',
    '  }',
    '  return v * (amperes + residue) * dt;',
    '}',
  ];
}

interface Names {
  readonly dialect: Dialect;
  readonly isPublic: (functionName: string) => boolean;
  function(name: string): string;
  parameter(name: string): string;
  constant(name: string): string;
}

function cNames(model: Model, prefix: string): Names {
  const { roles } = model;
  const publicNames = new Map([
    [roles.rate, 'rate'],
    [roles.current, 'current'],
    [roles.lowerBound, 'lower_bound'],
    [roles.upperBound, 'upper_bound'],
  ]);
  const functions = distinctNames(
    model.functions.map(({ name }) => name),
    (name) => {
      const own = name === roles.advance ? 'closed_form' : unreserved(snakeCase(name), taken);
      return `${prefix}_${publicNames.get(name) ?? own}`;
    },
  );
  const macro = (name: string): string => `${prefix}_${snakeCase(name)}`.toUpperCase();
  const parameters = distinctNames(
    model.parameters.map(({ name }) => name),
    macro,
  );
  const constants = distinctNames(
    model.constants.map(({ name }) => name),
    (name) => `${macro(name)}_CONSTANT`,
  );
  const functionName = (name: string): string => functions.get(name)!;
  const parameter = (name: string): string => parameters.get(name)!;
  const constant = (name: string): string => constants.get(name)!;
  return {
    function: functionName,
    parameter,
    constant,
    isPublic: (name) => publicNames.has(name),
    dialect: {
      functions: functionTable,
      number: floatText,
      name: (kind, name) => (kind === 'constant' ? constant(name) : unreserved(name, reserved)),
      parameter,
      call: (name, operands) => `${functionName(name)}(${operands.join(', ')})`,
    },
  };
}

function functionText(definition: ModelFunction, names: Names): string[] {
  const { name, arguments: args, body, summary, unit } = definition;
  const used = usedArguments(body);
  const own = args.map((argument) => names.dialect.name('argument', argument.name));
  const unused = args.filter((argument) => !used.has(argument.name));
  const list = own.length === 0 ? 'void' : own.map((argument) => `double ${argument}`).join(', ');
  const statements = renderBlock(body, names.dialect, {
    local: (local, value) => `const double ${local} = ${value};`,
    result: (value) => `return ${value};`,
  });
  return [
    ...cComment([`${summary === '' ? name : summary} [${unit}]`]),
    `${names.isPublic(name) ? '' : 'static '}double ${names.function(name)}(${list}) {`,
    ...indent([
      ...unused.map((argument) => `(void)${names.dialect.name('argument', argument.name)};`),
      ...statements,
    ]),
    '}',
  ];
}

function bracketed(value: number): string {
  return value < 0 ? `(${floatText(value)})` : floatText(value);
}

function lines(text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
