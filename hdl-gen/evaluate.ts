import type { DeviceModel } from '../src/model/device-model.ts';
import type { ParameterValues } from '../src/model/parameter-set.ts';
import { mathFunctions } from './function-table.ts';
import {
  type Block,
  type Condition,
  type Expression,
  functionNamed,
  type Model,
  type ModelConstant,
  type ModelFunction,
} from './ir.ts';

/** Computes a value from the numbers of one call. */
type Computation<Value> = (numbers: Float64Array, p: ParameterValues) => Value;

/** A function of the model, ready to run. */
type Executable = (args: readonly number[], p: ParameterValues) => number;

/**
 * Make a device model that computes what the intermediate form says, by walking it. It is slow and exact: the
 * reference for targets, and the way to emulate a model file that is not part of the running program.
 */
export function deviceModelOf(model: Model): DeviceModel {
  const executables = new Map<string, Executable>();
  for (const definition of model.functions) {
    executables.set(definition.name, compileFunction(definition, model.constants, executables));
  }
  const role = (name: string): Executable => executables.get(functionNamed(model, name).name)!;
  const rate = role(model.roles.rate);
  const current = role(model.roles.current);
  const lowerBound = role(model.roles.lowerBound);
  const upperBound = role(model.roles.upperBound);
  const advance = model.roles.advance === undefined ? undefined : role(model.roles.advance);
  return {
    name: model.name,
    title: model.title,
    source: model.source,
    state: model.state,
    setPolarity: model.setPolarity,
    parameters: Object.fromEntries(
      model.parameters.map(({ name, unit, meaning, min, max }) => [name, { unit, meaning, min, max }]),
    ),
    promises: {
      monotoneInVoltage: () => false,
      quietAtZeroVolts: model.quietAtZeroVolts,
      validVolts: model.validVolts,
    },
    rate: (v, x, p) => rate([v, x], p),
    current: (v, x, p) => current([v, x], p),
    ...(advance === undefined ? {} : { advance: (v, x, dt, p) => advance([v, x, dt], p) }),
    lowerBound: (p) => lowerBound([], p),
    upperBound: (p) => upperBound([], p),
  };
}

/**
 * Compute an expression that holds no argument, local or parameter.
 *
 * @param constants - that it may refer to
 */
export function closedValue(expression: Expression, constants: readonly ModelConstant[]): number {
  return new FunctionCompiler(constants, new Map()).expression(expression)(new Float64Array(0), {});
}

function compileFunction(
  definition: ModelFunction,
  constants: readonly ModelConstant[],
  executables: ReadonlyMap<string, Executable>,
): Executable {
  const compiler = new FunctionCompiler(constants, executables);
  for (const { name } of definition.arguments) {
    compiler.slot(name);
  }
  const body = compiler.block(definition.body);
  return (args, p) => {
    const numbers = new Float64Array(compiler.size);
    numbers.set(args);
    return body(numbers, p);
  };
}

class FunctionCompiler {
  readonly #constants: ReadonlyMap<string, number>;
  readonly #executables: ReadonlyMap<string, Executable>;
  readonly #slots = new Map<string, number>();

  constructor(constants: readonly ModelConstant[], executables: ReadonlyMap<string, Executable>) {
    this.#constants = new Map(constants.map(({ name, value }) => [name, value]));
    this.#executables = executables;
  }

  /** Number of arguments and locals. */
  get size(): number {
    return this.#slots.size;
  }

  /** Position of an argument or local among the numbers of a call. */
  slot(name: string): number {
    const slot = this.#slots.get(name) ?? this.#slots.size;
    this.#slots.set(name, slot);
    return slot;
  }

  block({ locals, end }: Block): Computation<number> {
    const steps = locals.map(({ name, value }) => {
      const compute = this.expression(value);
      return { slot: this.slot(name), compute };
    });
    const finish = this.#end(end);
    return (numbers, p) => {
      for (const { slot, compute } of steps) {
        numbers[slot] = compute(numbers, p);
      }
      return finish(numbers, p);
    };
  }

  #end(end: Block['end']): Computation<number> {
    if (end.kind === 'result') {
      return this.expression(end.value);
    }
    return choose(this.condition(end.condition), this.block(end.whenTrue), this.block(end.whenFalse));
  }

  expression(node: Expression): Computation<number> {
    switch (node.kind) {
      case 'number':
        return () => node.value;
      case 'constant': {
        const value = this.#constants.get(node.name)!;
        return () => value;
      }
      case 'argument':
      case 'local': {
        const slot = this.slot(node.name);
        return (numbers) => numbers[slot]!;
      }
      case 'parameter':
        return (_, p) => p[node.name]!;
      case 'negation': {
        const operand = this.expression(node.operand);
        return (numbers, p) => -operand(numbers, p);
      }
      case 'arithmetic':
        return this.#arithmetic(node);
      case 'choice':
        return choose(
          this.condition(node.condition),
          this.expression(node.whenTrue),
          this.expression(node.whenFalse),
        );
      case 'math': {
        const { evaluate } = mathFunctions[node.name];
        const [a, b = a] = node.operands.map((operand) => this.expression(operand));
        return (numbers, p) => evaluate(a!(numbers, p), b!(numbers, p));
      }
      case 'call': {
        const callee = this.#executables.get(node.name)!;
        const operands = node.operands.map((operand) => this.expression(operand));
        return (numbers, p) =>
          callee(
            operands.map((operand) => operand(numbers, p)),
            p,
          );
      }
    }
  }

  #arithmetic({ operator, left, right }: Expression & { kind: 'arithmetic' }): Computation<number> {
    const a = this.expression(left);
    const b = this.expression(right);
    switch (operator) {
      case '+':
        return (numbers, p) => a(numbers, p) + b(numbers, p);
      case '-':
        return (numbers, p) => a(numbers, p) - b(numbers, p);
      case '*':
        return (numbers, p) => a(numbers, p) * b(numbers, p);
      case '/':
        return (numbers, p) => a(numbers, p) / b(numbers, p);
    }
  }

  condition(node: Condition): Computation<boolean> {
    switch (node.kind) {
      case 'comparison': {
        const a = this.expression(node.left);
        const b = this.expression(node.right);
        const compare = comparisons[node.operator];
        return (numbers, p) => compare(a(numbers, p), b(numbers, p));
      }
      case 'not': {
        const operand = this.condition(node.operand);
        return (numbers, p) => !operand(numbers, p);
      }
      case 'and': {
        const [a, b] = [this.condition(node.left), this.condition(node.right)];
        return (numbers, p) => a(numbers, p) && b(numbers, p);
      }
      case 'or': {
        const [a, b] = [this.condition(node.left), this.condition(node.right)];
        return (numbers, p) => a(numbers, p) || b(numbers, p);
      }
    }
  }
}

const comparisons = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
} as const;

function choose(
  condition: Computation<boolean>,
  whenTrue: Computation<number>,
  whenFalse: Computation<number>,
): Computation<number> {
  return (numbers, p) => (condition(numbers, p) ? whenTrue(numbers, p) : whenFalse(numbers, p));
}
