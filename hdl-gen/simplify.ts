/**
 * Brings equations into one graph: calls and locals are resolved, equal subexpressions are one node, and each node knows
 * what it depends on. Targets that compute many devices at once read from it what needs computing only once.
 */
import { type MathName, mathFunctions } from './function-table.ts';
import {
  type ArithmeticOperator,
  type Block,
  type ComparisonOperator,
  type Condition,
  type Equations,
  type Expression,
  functionNamed,
} from './ir.ts';

/** What a node computes from its operands; `choice` takes a condition and two numbers. */
export type Operation =
  ArithmeticOperator | ComparisonOperator | MathName | 'negation' | 'choice' | 'and' | 'or' | 'not';

/** A subexpression. Two nodes of a graph never compute the same. */
export interface GraphNode {
  readonly id: number;
  readonly content:
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'truth'; readonly value: boolean }
    | { readonly kind: 'input' | 'parameter'; readonly name: string }
    | { readonly kind: 'operation'; readonly operation: Operation; readonly operands: readonly GraphNode[] };
  /** Inputs that it depends on. */
  readonly inputs: ReadonlySet<string>;
  /** Parameters that it depends on. */
  readonly parameters: ReadonlySet<string>;
}

/** Polarity of the voltage for which equations are written out: 1 for V > 0, -1 for all other voltages. */
export type Polarity = 1 | -1;

const none: ReadonlySet<string> = new Set();

/** Nodes over the inputs `v`, `x` and `dt`, made on demand. */
export class ExpressionGraph {
  readonly #polarity: Polarity | undefined;
  readonly #nodes = new Map<string, GraphNode>();

  /** @param polarity - if given, comparisons of `v` with 0 that it decides are decided */
  constructor(polarity?: Polarity) {
    this.#polarity = polarity;
  }

  number(value: number): GraphNode {
    return this.#node(`number ${Object.is(value, -0) ? '-0' : value}`, { kind: 'number', value }, none, none);
  }

  truth(value: boolean): GraphNode {
    return this.#node(`truth ${value}`, { kind: 'truth', value }, none, none);
  }

  input(name: string): GraphNode {
    return this.#node(`input ${name}`, { kind: 'input', name }, new Set([name]), none);
  }

  parameter(name: string): GraphNode {
    return this.#node(`parameter ${name}`, { kind: 'parameter', name }, none, new Set([name]));
  }

  operation(operation: Operation, ...operands: readonly GraphNode[]): GraphNode {
    const decided = this.#decide(operation, operands);
    if (decided !== undefined) {
      return decided;
    }
    const key = `${operation} ${operands.map(({ id }) => id).join(' ')}`;
    return this.#node(
      key,
      { kind: 'operation', operation, operands },
      union(operands.map(({ inputs }) => inputs)),
      union(operands.map(({ parameters }) => parameters)),
    );
  }

  #node(
    key: string,
    content: GraphNode['content'],
    inputs: ReadonlySet<string>,
    parameters: ReadonlySet<string>,
  ): GraphNode {
    const known = this.#nodes.get(key);
    if (known !== undefined) {
      return known;
    }
    const node = { id: this.#nodes.size, content, inputs, parameters };
    this.#nodes.set(key, node);
    return node;
  }

  /** The outcome where it is known, else undefined. */
  #decide(operation: Operation, operands: readonly GraphNode[]): GraphNode | undefined {
    const [first, second, third] = operands;
    if (operation === 'choice' && first!.content.kind === 'truth') {
      return first!.content.value ? second : third;
    }
    if (operation === 'choice' && second === third) {
      return second;
    }
    if (operation === 'not' && first!.content.kind === 'truth') {
      return this.truth(!first!.content.value);
    }
    if (
      (operation === 'and' || operation === 'or') &&
      operands.some(({ content }) => content.kind === 'truth')
    ) {
      const [known, other] = first!.content.kind === 'truth' ? [first, second] : [second, first];
      return known === this.truth(operation === 'and') ? other : known;
    }
    const decided =
      this.#polarity === undefined ? undefined : signDecides(operation, operands, this.#polarity);
    return decided === undefined ? undefined : this.truth(decided);
  }
}

const mirrored: Readonly<Partial<Record<Operation, ComparisonOperator>>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
};

function signDecides(
  operation: Operation,
  operands: readonly GraphNode[],
  polarity: Polarity,
): boolean | undefined {
  const [first, second] = operands;
  if (isVoltage(second) && isZero(first)) {
    const mirror = mirrored[operation];
    return mirror === undefined ? undefined : signDecides(mirror, [second, first], polarity);
  }
  if (!(isVoltage(first) && isZero(second))) {
    return undefined;
  }
  if (operation === '>') {
    return polarity > 0;
  }
  if (operation === '<=') {
    return polarity < 0;
  }
  const known = operation === '>=' || operation === '<';
  return known && polarity > 0 ? operation === '>=' : undefined;
}

function isVoltage(node: GraphNode | undefined): node is GraphNode {
  return node?.content.kind === 'input' && node.content.name === 'v';
}

function isZero(node: GraphNode | undefined): node is GraphNode {
  return node?.content.kind === 'number' && node.content.value === 0;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

/**
 * Write a function of a model out as one node, with everything that it calls.
 *
 * @param args - one node for each argument
 */
export function inlineFunction(
  graph: ExpressionGraph,
  model: Equations,
  name: string,
  args: readonly GraphNode[],
): GraphNode {
  const definition = functionNamed(model, name);
  const names = new Map(definition.arguments.map((argument, index) => [argument.name, args[index]!]));
  return new Inliner(graph, model, names).block(definition.body);
}

class Inliner {
  readonly #graph: ExpressionGraph;
  readonly #model: Equations;
  readonly #names: Map<string, GraphNode>;

  constructor(graph: ExpressionGraph, model: Equations, names: Map<string, GraphNode>) {
    this.#graph = graph;
    this.#model = model;
    this.#names = names;
  }

  block({ locals, end }: Block): GraphNode {
    for (const { name, value } of locals) {
      this.#names.set(name, this.expression(value));
    }
    if (end.kind === 'result') {
      return this.expression(end.value);
    }
    const condition = this.condition(end.condition);
    return this.#graph.operation('choice', condition, this.block(end.whenTrue), this.block(end.whenFalse));
  }

  expression(node: Expression): GraphNode {
    const graph = this.#graph;
    switch (node.kind) {
      case 'number':
        return graph.number(node.value);
      case 'constant':
        return graph.number(this.#model.constants.find(({ name }) => name === node.name)!.value);
      case 'argument':
      case 'local':
        return this.#names.get(node.name)!;
      case 'parameter':
        return graph.parameter(node.name);
      case 'negation':
        return graph.operation('negation', this.expression(node.operand));
      case 'arithmetic':
        return graph.operation(node.operator, this.expression(node.left), this.expression(node.right));
      case 'choice':
        return graph.operation(
          'choice',
          this.condition(node.condition),
          this.expression(node.whenTrue),
          this.expression(node.whenFalse),
        );
      case 'math':
        return graph.operation(node.name, ...node.operands.map((operand) => this.expression(operand)));
      case 'call': {
        const operands = node.operands.map((operand) => this.expression(operand));
        return inlineFunction(graph, this.#model, node.name, operands);
      }
    }
  }

  condition(node: Condition): GraphNode {
    const graph = this.#graph;
    switch (node.kind) {
      case 'comparison':
        return graph.operation(node.operator, this.expression(node.left), this.expression(node.right));
      case 'not':
        return graph.operation('not', this.condition(node.operand));
      case 'and':
      case 'or':
        return graph.operation(node.kind, this.condition(node.left), this.condition(node.right));
    }
  }
}

/** Whether a node is a call of a function that is dear to compute. */
export function isDear({ content }: GraphNode): boolean {
  return (
    content.kind === 'operation' &&
    content.operation in mathFunctions &&
    !mathFunctions[content.operation as MathName].cheap
  );
}
