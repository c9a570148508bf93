/**
 * Bodies of functions in the Verilog family: assignments to the name of the function instead of early returns, and
 * if-else instead of choices, which not every tool takes inside expressions.
 */
import type { Block, Condition, Expression, ModelFunction } from '../ir.ts';
import { type Dialect, indent, renderCondition, renderExpression } from '../render.ts';

/** A body and the variables that it assigns. */
export interface VerilogBody {
  readonly locals: readonly string[];
  readonly lines: readonly string[];
}

/**
 * Write the statements of a function.
 *
 * @param result - variable that takes the result
 */
export function verilogBody(definition: ModelFunction, dialect: Dialect, result: string): VerilogBody {
  const writer = new StatementWriter(definition, dialect, result);
  const lines = writer.block(definition.body);
  return { locals: writer.locals, lines };
}

class StatementWriter {
  readonly locals: string[] = [];
  readonly #dialect: Dialect;
  readonly #result: string;
  readonly #taken: Set<string>;
  #choices = 0;

  constructor(definition: ModelFunction, dialect: Dialect, result: string) {
    this.#dialect = dialect;
    this.#result = result;
    this.#taken = new Set([...definition.arguments.map(({ name }) => name), ...localNames(definition.body)]);
  }

  block({ locals, end }: Block): string[] {
    const lines: string[] = [];
    for (const { name, value } of locals) {
      lines.push(...this.#assign(this.#local(name), value));
    }
    return end.kind === 'result'
      ? [...lines, ...this.#assign(this.#result, end.value)]
      : [...lines, ...this.#branch(end.condition, this.block(end.whenTrue), this.block(end.whenFalse))];
  }

  #local(name: string): string {
    const text = this.#dialect.name('local', name);
    this.locals.push(text);
    return text;
  }

  #branch(condition: Condition, whenTrue: readonly string[], whenFalse: readonly string[]): string[] {
    const before: string[] = [];
    const text = renderCondition(this.#condition(condition, before), this.#dialect);
    return [
      ...before,
      `if (${text}) begin`,
      ...indent(whenTrue),
      'end else begin',
      ...indent(whenFalse),
      'end',
    ];
  }

  #assign(name: string, value: Expression): string[] {
    if (value.kind === 'choice') {
      return this.#branch(
        value.condition,
        this.#assign(name, value.whenTrue),
        this.#assign(name, value.whenFalse),
      );
    }
    const before: string[] = [];
    const text = renderExpression(this.#expression(value, before), this.#dialect);
    return [...before, `${name} = ${text};`];
  }

  /** A choice inside an expression is made before it, into a variable of its own. */
  #expression(node: Expression, before: string[]): Expression {
    switch (node.kind) {
      case 'choice': {
        const local = { kind: 'local', name: this.#unusedName(), at: node.at } as const;
        before.push(...this.#assign(this.#local(local.name), node));
        return local;
      }
      case 'negation':
        return { ...node, operand: this.#expression(node.operand, before) };
      case 'arithmetic':
        return {
          ...node,
          left: this.#expression(node.left, before),
          right: this.#expression(node.right, before),
        };
      case 'math':
      case 'call':
        return { ...node, operands: node.operands.map((operand) => this.#expression(operand, before)) };
      case 'number':
      case 'constant':
      case 'argument':
      case 'local':
      case 'parameter':
        return node;
    }
  }

  #condition(node: Condition, before: string[]): Condition {
    switch (node.kind) {
      case 'comparison':
        return {
          ...node,
          left: this.#expression(node.left, before),
          right: this.#expression(node.right, before),
        };
      case 'not':
        return { ...node, operand: this.#condition(node.operand, before) };
      case 'and':
      case 'or':
        return {
          ...node,
          left: this.#condition(node.left, before),
          right: this.#condition(node.right, before),
        };
    }
  }

  #unusedName(): string {
    let name = '';
    do {
      this.#choices += 1;
      name = `chosen${this.#choices}`;
    } while (this.#taken.has(name));
    return name;
  }
}

/** Names of the locals of a body. */
export function localNames({ locals, end }: Block): string[] {
  const own = locals.map(({ name }) => name);
  return end.kind === 'result' ? own : [...own, ...localNames(end.whenTrue), ...localNames(end.whenFalse)];
}
