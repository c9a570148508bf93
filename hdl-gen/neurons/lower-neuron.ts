import { UnsupportedSourceError } from '../../src/errors.ts';
import type { NeuronModel } from '../../src/model/neuron-model.ts';
import type { ParameterValues } from '../../src/model/parameter-set.ts';
import { fractionFor, requireBits, toFixed } from '../fixed-point.ts';
import { type MathName, mathFunctions } from '../function-table.ts';
import { locationText, type NeuronEquations } from '../ir.ts';
import { ExpressionGraph, type GraphNode, inlineFunction } from '../simplify.ts';
import { CircuitBuilder, type CircuitTruth, type CircuitValue } from './circuit-builder.ts';
import type { NeuronCircuit } from './neuron-circuit.ts';

/** Smallest and largest value of the input or a state, by its name. */
export type NeuronRanges = Readonly<Record<string, readonly [min: number, max: number]>>;

/** Name under which the input's range can be given. */
export const inputName = 'input';

/**
 * Turn the equations of a neuron into fixed-point operations. What depends on parameters only is computed here, in
 * float64; every other value gets the binary point that its range asks for.
 *
 * @param ranges - that replace those of the model
 * @throws UsageError for bits outside what the arithmetic can keep
 * @throws UnsupportedSourceError for an operation on states that a circuit of one clock cannot do
 */
export function lowerNeuron(
  equations: NeuronEquations,
  model: NeuronModel,
  parameters: ParameterValues,
  bits: number,
  ranges: NeuronRanges = {},
): NeuronCircuit {
  requireBits(bits);
  const builder = new CircuitBuilder(bits);
  const graph = new ExpressionGraph();
  const lowering = new Lowering(builder, equations, parameters);

  const inputRange = ranges[inputName] ?? model.input.range(parameters);
  const states = equations.states.map((state) => {
    const described = model.states[state.name]!;
    const [min, max] = ranges[state.name] ?? described.range(parameters);
    return {
      ...state,
      min,
      max,
      fraction: fractionFor(magnitude(min, max), bits),
      start: described.start(parameters),
    };
  });

  states.forEach(({ name, min, max }, index) => {
    lowering.give(graph.input(name), builder.source({ kind: 'state', index }, min, max));
  });
  lowering.give(graph.input(inputName), builder.source({ kind: 'input' }, ...inputRange));
  const before = states.map(({ name }) => graph.input(name));
  const stepped = states.map(({ step, fraction }) =>
    builder.aligned(
      lowering.value(inlineFunction(graph, equations, step, [...before, graph.input(inputName)])),
      fraction,
    ),
  );

  states.forEach(({ name, min, max, fraction }, index) => {
    lowering.give(graph.input(`${name}'`), { kind: 'signal', id: stepped[index]!, fraction, min, max });
  });
  const after = states.map(({ name }) => graph.input(`${name}'`));
  const overdrive = lowering.value(inlineFunction(graph, equations, equations.overdrive, after));
  const spike = builder.compare('less', { kind: 'constant', value: 0 }, overdrive);
  if (overdrive.kind === 'constant' || typeof spike === 'boolean') {
    throw refused(equations, 'overdrive that depends on no state', 'let the comparator look at a state');
  }
  const next = states.map(({ reset, fraction }, index) => {
    const value = lowering.value(inlineFunction(graph, equations, reset, after));
    return builder.select(spike, builder.aligned(value, fraction), stepped[index]!);
  });

  return {
    bits,
    input: { ...equations.input, fraction: fractionFor(magnitude(...inputRange), bits) },
    states: states.map(({ name, unit, meaning, fraction, start }, index) => ({
      name,
      unit,
      meaning,
      fraction,
      start: toFixed(start, fraction, bits),
      next: next[index]!,
    })),
    operations: builder.operations,
    spike: spike.id,
  };
}

function magnitude(min: number, max: number): number {
  return Math.max(Math.abs(min), Math.abs(max));
}

function refused({ at, name }: NeuronEquations, what: string, alternative: string): UnsupportedSourceError {
  return new UnsupportedSourceError(
    'fixed-point',
    `${locationText(at)}: ${name} in fixed point: ${what}: ${alternative}`,
    {
      hint: 'docs/neurons.md says what a circuit can compute.',
      details: { ...at, what },
    },
  );
}

class Lowering {
  readonly #builder: CircuitBuilder;
  readonly #equations: NeuronEquations;
  readonly #parameters: ParameterValues;
  readonly #values = new Map<GraphNode, CircuitValue>();

  constructor(builder: CircuitBuilder, equations: NeuronEquations, parameters: ParameterValues) {
    this.#builder = builder;
    this.#equations = equations;
    this.#parameters = parameters;
  }

  /** Say what an input of the graph is. */
  give(input: GraphNode, value: CircuitValue): void {
    this.#values.set(input, value);
  }

  value(node: GraphNode): CircuitValue {
    const known = this.#values.get(node);
    if (known !== undefined) {
      return known;
    }
    const value: CircuitValue =
      node.inputs.size === 0 ? { kind: 'constant', value: this.#number(node) } : this.#operation(node);
    this.#values.set(node, value);
    return value;
  }

  #operation({ content }: GraphNode): CircuitValue {
    const builder = this.#builder;
    const { operation, operands } = content as GraphNode['content'] & { kind: 'operation' };
    const zero: CircuitValue = { kind: 'constant', value: 0 };
    if (operation === 'choice') {
      const [condition, whenTrue, whenFalse] = operands;
      return builder.choice(this.#truth(condition!), this.value(whenTrue!), this.value(whenFalse!));
    }
    if (operation === '/' && operands[1]!.inputs.size === 0) {
      return builder.product(this.value(operands[0]!), {
        kind: 'constant',
        value: 1 / this.#number(operands[1]!),
      });
    }
    const [a, b = zero] = operands.map((operand) => this.value(operand));
    switch (operation as string) {
      case '+':
        return builder.sum('add', a!, b);
      case '-':
        return builder.sum('subtract', a!, b);
      case '*':
        return builder.product(a!, b);
      case 'negation':
        return builder.sum('subtract', zero, a!);
      case 'abs':
        return builder.choice(builder.compare('less', a!, zero), builder.sum('subtract', zero, a!), a!);
      case 'min':
        return builder.choice(builder.compare('less', b, a!), b, a!);
      case 'max':
        return builder.choice(builder.compare('less', a!, b), b, a!);
      default:
        throw refused(
          this.#equations,
          `"${operation}" of a state`,
          'use + - * < > min max abs, and division by what depends on parameters only',
        );
    }
  }

  #truth(node: GraphNode): CircuitTruth {
    if (node.inputs.size === 0) {
      return this.#number(node) !== 0;
    }
    const builder = this.#builder;
    const { operation, operands } = node.content as GraphNode['content'] & { kind: 'operation' };
    if (operation === 'not') {
      return builder.not(this.#truth(operands[0]!));
    }
    if (operation === 'and' || operation === 'or') {
      return builder.both(operation, this.#truth(operands[0]!), this.#truth(operands[1]!));
    }
    const [a, b] = operands.map((operand) => this.value(operand));
    switch (operation as string) {
      case '<':
        return builder.compare('less', a!, b!);
      case '>':
        return builder.compare('less', b!, a!);
      case '<=':
        return builder.not(builder.compare('less', b!, a!));
      case '>=':
        return builder.not(builder.compare('less', a!, b!));
      case '==':
        return builder.compare('equal', a!, b!);
      default:
        return builder.not(builder.compare('equal', a!, b!));
    }
  }

  /** Value of a node of numbers and parameters; a truth value is 1 or 0. */
  #number({ content }: GraphNode): number {
    switch (content.kind) {
      case 'number':
        return content.value;
      case 'truth':
        return content.value ? 1 : 0;
      case 'parameter':
        return this.#parameters[content.name]!;
      case 'input':
        throw new RangeError(`input ${content.name} is not a parameter; this is a defect of ohmloom`);
      case 'operation': {
        const [a = 0, b = 0, c = 0] = content.operands.map((operand) => this.#number(operand));
        const known = foldable[content.operation as keyof typeof foldable] as
          ((...of: number[]) => number) | undefined;
        return known === undefined
          ? mathFunctions[content.operation as MathName].evaluate(a, b)
          : known(a, b, c);
      }
    }
  }
}

const foldable = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '<': (a: number, b: number) => Number(a < b),
  '<=': (a: number, b: number) => Number(a <= b),
  '>': (a: number, b: number) => Number(a > b),
  '>=': (a: number, b: number) => Number(a >= b),
  '==': (a: number, b: number) => Number(a === b),
  '!=': (a: number, b: number) => Number(a !== b),
  and: (a: number, b: number) => a * b,
  or: (a: number, b: number) => Math.max(a, b),
  not: (a: number) => 1 - a,
  negation: (a: number) => -a,
  choice: (a: number, b: number, c: number) => (a === 0 ? c : b),
} as const;
