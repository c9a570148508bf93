import { UnsupportedSourceError } from '../src/errors.ts';
import { type Block, type Condition, type Expression, locationText, type ModelFunction } from './ir.ts';

/** Terms that a function may have when it is written as one expression. */
const maxTerms = 10_000;

/**
 * Write a function as one expression, for languages without statements: a local stands wherever it was used, a branch
 * becomes a choice.
 *
 * @throws UnsupportedSourceError when locals that are used again and again make the expression too long
 */
export function singleExpression(definition: ModelFunction): Expression {
  const writer = new ExpressionWriter();
  const expression = writer.block(definition.body);
  const terms = writer.terms(expression);
  if (terms > maxTerms) {
    const { name, at } = definition;
    throw new UnsupportedSourceError(
      'expression-size',
      `${locationText(at)}: ${name} written as one expression has ${terms} terms, at most ${maxTerms} are allowed`,
      { hint: 'Use each local once, or move what is used often into a function.', details: { ...at, terms } },
    );
  }
  return expression;
}

/** Every local is one object, however often it is used; counting goes over objects, writing would go over uses. */
class ExpressionWriter {
  readonly #locals = new Map<string, Expression>();
  readonly #terms = new Map<Expression, number>();

  block({ locals, end }: Block): Expression {
    for (const { name, value } of locals) {
      this.#locals.set(name, this.#expression(value));
    }
    if (end.kind === 'result') {
      return this.#expression(end.value);
    }
    return {
      kind: 'choice',
      condition: this.#condition(end.condition),
      whenTrue: this.block(end.whenTrue),
      whenFalse: this.block(end.whenFalse),
      at: end.at,
    };
  }

  #expression(node: Expression): Expression {
    switch (node.kind) {
      case 'local':
        return this.#locals.get(node.name)!;
      case 'negation':
        return { ...node, operand: this.#expression(node.operand) };
      case 'arithmetic':
        return { ...node, left: this.#expression(node.left), right: this.#expression(node.right) };
      case 'choice':
        return {
          ...node,
          condition: this.#condition(node.condition),
          whenTrue: this.#expression(node.whenTrue),
          whenFalse: this.#expression(node.whenFalse),
        };
      case 'math':
      case 'call':
        return { ...node, operands: node.operands.map((operand) => this.#expression(operand)) };
      case 'number':
      case 'constant':
      case 'argument':
      case 'parameter':
        return node;
    }
  }

  #condition(node: Condition): Condition {
    switch (node.kind) {
      case 'comparison':
        return { ...node, left: this.#expression(node.left), right: this.#expression(node.right) };
      case 'not':
        return { ...node, operand: this.#condition(node.operand) };
      case 'and':
      case 'or':
        return { ...node, left: this.#condition(node.left), right: this.#condition(node.right) };
    }
  }

  terms(node: Expression): number {
    const known = this.#terms.get(node);
    if (known !== undefined) {
      return known;
    }
    const terms = 1 + this.#innerTerms(node);
    this.#terms.set(node, terms);
    return terms;
  }

  #innerTerms(node: Expression): number {
    switch (node.kind) {
      case 'negation':
        return this.terms(node.operand);
      case 'arithmetic':
        return this.terms(node.left) + this.terms(node.right);
      case 'choice':
        return this.#conditionTerms(node.condition) + this.terms(node.whenTrue) + this.terms(node.whenFalse);
      case 'math':
      case 'call':
        return node.operands.reduce((sum, operand) => sum + this.terms(operand), 0);
      case 'number':
      case 'constant':
      case 'argument':
      case 'local':
      case 'parameter':
        return 0;
    }
  }

  #conditionTerms(node: Condition): number {
    switch (node.kind) {
      case 'comparison':
        return 1 + this.terms(node.left) + this.terms(node.right);
      case 'not':
        return 1 + this.#conditionTerms(node.operand);
      case 'and':
      case 'or':
        return 1 + this.#conditionTerms(node.left) + this.#conditionTerms(node.right);
    }
  }
}
