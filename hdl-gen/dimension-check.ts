import { DimensionError } from '../src/errors.ts';
import {
  type Dimension,
  dimensionless,
  formatDimension,
  multiply,
  parseUnit,
  raise,
  sameDimension,
} from './dimension.ts';
import { mathFunctions } from './function-table.ts';
import {
  type Block,
  type Condition,
  type Equations,
  type Expression,
  functionNamed,
  locationText,
  type Model,
  type ModelFunction,
  type NeuronEquations,
  type SourceLocation,
} from './ir.ts';
import { printExpression } from './print.ts';

/** A dimension, or that of 0, which is the same in every unit. */
type Found = Dimension | 'any';

/**
 * Check the units of a model: through every expression, against every declared result, and against what the
 * functions of a device must take and give.
 *
 * @throws DimensionError for the first disagreement, at file:line:column
 */
export function checkDimensions(model: Model): void {
  checkFunctions(model);
  checkRoles(model);
}

/**
 * Check the units of a neuron: its functions take the states and the input, and give the states.
 *
 * @throws DimensionError for the first disagreement, at file:line:column
 */
export function checkNeuronDimensions(neuron: NeuronEquations): void {
  checkFunctions(neuron);
  const { at } = neuron;
  const states = neuron.states.map(({ unit }) => dimensionOf(unit, at));
  const input = dimensionOf(neuron.input.unit, at);
  for (const [index, { step, reset }] of neuron.states.entries()) {
    checkSignature(functionNamed(neuron, step), [...states, input], states[index]!);
    checkSignature(functionNamed(neuron, reset), states, states[index]!);
  }
  const overdrive = functionNamed(neuron, neuron.overdrive);
  checkSignature(overdrive, states, dimensionOf(overdrive.unit, overdrive.at));
}

function checkFunctions(model: Equations): void {
  const schema = new Map(model.parameters.map(({ name, unit, at }) => [name, dimensionOf(unit, at)]));
  const constants = new Map(model.constants.map(({ name, unit, at }) => [name, dimensionOf(unit, at)]));
  const checker = new Checker(model, schema, constants);
  for (const definition of model.functions) {
    checker.checkFunction(definition);
  }
}

function checkRoles(model: Model): void {
  const { roles, state, at } = model;
  const x = dimensionOf(state.unit, at);
  const volts = { V: 1 };
  const checkRole = (name: string | undefined, args: readonly Dimension[], result: Dimension): void => {
    if (name !== undefined) {
      checkSignature(functionNamed(model, name), args, result);
    }
  };
  checkRole(roles.rate, [volts, x], multiply(x, { s: -1 }));
  checkRole(roles.current, [volts, x], { A: 1 });
  checkRole(roles.advance, [volts, x, { s: 1 }], x);
  checkRole(roles.lowerBound, [], x);
  checkRole(roles.upperBound, [], x);
}

function checkSignature(definition: ModelFunction, args: readonly Dimension[], result: Dimension): void {
  const found = definition.arguments;
  if (found.length !== args.length) {
    throw disagreement(
      definition.at,
      `${definition.name} takes ${found.length} numbers, expected ${args.length}`,
    );
  }
  for (const [index, { name, unit, at }] of found.entries()) {
    requireSame(
      at,
      dimensionOf(unit, at),
      args[index]!,
      (is, due) => `argument ${name} is in ${is}, expected ${due}`,
    );
  }
  requireSame(
    definition.at,
    dimensionOf(definition.unit, definition.at),
    result,
    (is, due) => `${definition.name} gives ${is}, expected ${due}`,
  );
}

class Checker {
  readonly #model: Equations;
  readonly #schema: ReadonlyMap<string, Dimension>;
  readonly #constants: ReadonlyMap<string, Dimension>;
  /** Dimensions of the arguments and locals of the function at hand. */
  #names = new Map<string, Found>();

  constructor(
    model: Equations,
    schema: ReadonlyMap<string, Dimension>,
    constants: ReadonlyMap<string, Dimension>,
  ) {
    this.#model = model;
    this.#schema = schema;
    this.#constants = constants;
  }

  checkFunction(definition: ModelFunction): void {
    this.#names = new Map(definition.arguments.map(({ name, unit, at }) => [name, dimensionOf(unit, at)]));
    this.#checkBlock(definition.body, definition);
  }

  #checkBlock({ locals, end }: Block, definition: ModelFunction): void {
    for (const { name, value, unit, at } of locals) {
      const found = this.#dimension(value);
      if (unit !== undefined) {
        requireSame(
          at,
          found,
          dimensionOf(unit, at),
          (is, due) => `${name} is declared in ${due}, its value is in ${is}`,
        );
      }
      this.#names.set(name, unit === undefined ? found : dimensionOf(unit, at));
    }
    if (end.kind === 'branch') {
      this.#checkCondition(end.condition);
      this.#checkBlock(end.whenTrue, definition);
      this.#checkBlock(end.whenFalse, definition);
    } else {
      const declared = dimensionOf(definition.unit, definition.at);
      requireSame(
        end.value.at,
        this.#dimension(end.value),
        declared,
        (is, due) => `${definition.name} returns ${is}, declared ${due}`,
      );
    }
  }

  #checkCondition(node: Condition): void {
    if (node.kind === 'comparison') {
      this.#unify(node.at, node.left, node.right, (a, b) => `compares ${a} with ${b}`);
    } else if (node.kind === 'not') {
      this.#checkCondition(node.operand);
    } else {
      this.#checkCondition(node.left);
      this.#checkCondition(node.right);
    }
  }

  #dimension(node: Expression): Found {
    switch (node.kind) {
      case 'number':
        return node.value === 0 ? 'any' : dimensionless;
      case 'constant':
        return this.#constants.get(node.name)!;
      case 'argument':
      case 'local':
        return this.#names.get(node.name)!;
      case 'parameter':
        return this.#parameter(node.name, node.unit, node.at);
      case 'negation':
        return this.#dimension(node.operand);
      case 'arithmetic':
        return this.#arithmetic(node);
      case 'choice':
        this.#checkCondition(node.condition);
        return this.#unify(node.at, node.whenTrue, node.whenFalse, (a, b) => `chooses between ${a} and ${b}`);
      case 'math':
        return this.#math(node);
      case 'call':
        return this.#call(node);
    }
  }

  /** The unit that the equations see is that of the interface, the numbers come in that of the schema. */
  #parameter(name: string, unit: string, at: SourceLocation): Dimension {
    const given = this.#schema.get(name);
    if (given === undefined) {
      throw disagreement(at, `p.${name} is not among the parameters of model ${this.#model.name}`);
    }
    requireSame(
      at,
      dimensionOf(unit, at),
      given,
      (is, due) => `p.${name} is taken in ${is}, its description gives it in ${due}`,
    );
    return given;
  }

  #arithmetic(node: Expression & { kind: 'arithmetic' }): Found {
    const { operator, left, right, at } = node;
    if (operator === '+' || operator === '-') {
      const verb = operator === '+' ? 'adds' : 'subtracts';
      return this.#unify(at, left, right, (a, b) =>
        operator === '+' ? `${verb} ${a} and ${b}` : `${verb} ${b} from ${a}`,
      );
    }
    const [a, b] = [this.#dimension(left), this.#dimension(right)];
    if (a === 'any' || b === 'any') {
      return 'any';
    }
    return multiply(a, operator === '*' ? b : raise(b, -1));
  }

  #math(node: Expression & { kind: 'math' }): Found {
    const { name, operands, at } = node;
    const [first, second] = operands;
    const found = this.#dimension(first!);
    switch (mathFunctions[name].dimension) {
      case 'pure':
        requireSame(at, found, dimensionless, (is) => `${name} of ${is}, expected a pure number`);
        return dimensionless;
      case 'same':
        return second === undefined
          ? found
          : this.#unify(at, first!, second, (a, b) => `${name} of ${a} and ${b}`);
      case 'root':
        return found === 'any' ? found : raise(found, 1 / 2);
      case 'sign':
        return dimensionless;
      case 'power':
        return this.#power(found, second!, at);
    }
  }

  #power(base: Found, exponent: Expression, at: SourceLocation): Found {
    requireSame(
      exponent.at,
      this.#dimension(exponent),
      dimensionless,
      (is) => `exponent in ${is}, expected a pure number`,
    );
    if (base === 'any' || sameDimension(base, dimensionless)) {
      return base;
    }
    const power = exponent.kind === 'negation' ? exponent.operand : exponent;
    if (power.kind !== 'number') {
      throw disagreement(at, `pow of ${formatDimension(base)} with a power that is not written as a number`);
    }
    return raise(base, exponent.kind === 'negation' ? -power.value : power.value);
  }

  #call({ name, operands, at }: Expression & { kind: 'call' }): Found {
    const callee = functionNamed(this.#model, name);
    if (callee.arguments.length !== operands.length) {
      throw disagreement(at, `${name} takes ${callee.arguments.length} numbers, found ${operands.length}`);
    }
    for (const [index, argument] of callee.arguments.entries()) {
      const operand = operands[index]!;
      requireSame(
        operand.at,
        this.#dimension(operand),
        dimensionOf(argument.unit, argument.at),
        (is, due) => `${name} takes ${argument.name} in ${due}, found ${is}`,
      );
    }
    return dimensionOf(callee.unit, callee.at);
  }

  #unify(
    at: SourceLocation,
    left: Expression,
    right: Expression,
    text: (a: string, b: string) => string,
  ): Found {
    const [a, b] = [this.#dimension(left), this.#dimension(right)];
    if (a === 'any' || b === 'any') {
      return a === 'any' ? b : a;
    }
    if (!sameDimension(a, b)) {
      const [inA, inB] = [formatDimension(a), formatDimension(b)];
      throw disagreement(at, `${text(inA, inB)}: ${printExpression(left)} and ${printExpression(right)}`, [
        inA,
        inB,
      ]);
    }
    return a;
  }
}

function requireSame(
  at: SourceLocation,
  found: Found,
  expected: Dimension,
  text: (is: string, due: string) => string,
): void {
  if (found !== 'any' && !sameDimension(found, expected)) {
    const [is, due] = [formatDimension(found), formatDimension(expected)];
    throw disagreement(at, text(is, due), [is, due]);
  }
}

function dimensionOf(unit: string, at: SourceLocation): Dimension {
  const dimension = parseUnit(unit);
  if (dimension === undefined) {
    throw disagreement(at, `"${unit}" is not a unit: write SI symbols with powers, such as "ohm^-1 s^-1"`);
  }
  return dimension;
}

function disagreement(at: SourceLocation, text: string, units: readonly string[] = []): DimensionError {
  return new DimensionError('dimension', `${locationText(at)}: ${text}`, {
    hint: "Units come from the type aliases of the model file, such as Volts or Unit<'m s^-1'>.",
    details: { ...at, units },
  });
}
