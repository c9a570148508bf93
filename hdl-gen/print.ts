import { mathFunctions, type FunctionTable } from './function-table.ts';
import type { Expression, Model, ModelFunction } from './ir.ts';
import { type Dialect, indent, renderBlock, renderExpression } from './render.ts';

const functions = Object.fromEntries(
  Object.keys(mathFunctions).map((name) => [
    name,
    (...operands: string[]) => `${name}(${operands.join(', ')})`,
  ]),
) as unknown as FunctionTable;

const dialect: Dialect = {
  functions,
  number: String,
  name: (_, name) => name,
  parameter: (name) => `p.${name}`,
  call: (name, operands) => `${name}(${operands.join(', ')})`,
};

/**
 * Write a model's intermediate form as text, for people and for tests.
 *
 * @example
 * printModel(reader.read('devices/vteam.ts')); // 'model vteam ...'
 */
export function printModel(model: Model): string {
  const { state, parameters, constants, roles } = model;
  return [
    `model ${model.name}: ${model.title}`,
    `state ${state.symbol} [${state.unit}], conductance ${state.conductance}`,
    ...parameters.map(({ name, unit, min, max }) => `parameter ${name} [${unit}] from ${min} to ${max}`),
    ...constants.map(({ name, value, unit }) => `constant ${name} [${unit}] = ${value}`),
    ...model.functions.flatMap(printFunction),
    ...Object.entries(roles).map(([role, name]) => `${role} is ${name}`),
    '',
  ].join('\n');
}

/** Write an expression as {@link printModel} does. */
export function printExpression(expression: Expression): string {
  return renderExpression(expression, dialect);
}

function printFunction({ name, arguments: args, unit, body }: ModelFunction): string[] {
  const list = args.map((argument) => `${argument.name} [${argument.unit}]`).join(', ');
  const lines = renderBlock(body, dialect, {
    local: (local, value) => `${local} = ${value}`,
    result: (value) => `return ${value}`,
  });
  return [`function ${name}(${list}) [${unit}]`, ...indent(lines)];
}
