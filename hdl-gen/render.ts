/**
 * Writes expressions in infix form. The languages of the targets share operators and precedence with the models'
 * TypeScript, so that a target says only how it writes names, numbers, functions and choices.
 */
import type { FunctionTable } from './function-table.ts';
import type { Block, Branch, Condition, Expression } from './ir.ts';

/** How a language writes what is not an operator. */
export interface Dialect {
  readonly functions: FunctionTable;
  number(value: number): string;
  name(kind: 'constant' | 'argument' | 'local', name: string): string;
  parameter(name: string): string;
  call(name: string, operands: readonly string[]): string;
  /** Operators that differ from `&& || ! == !=`. */
  readonly operators?: Readonly<Partial<Record<'and' | 'or' | 'not' | '==' | '!=', string>>>;
}

/** How tightly an expression holds together; operands bind tighter than their operator, or stand in brackets. */
const levels = { choice: 1, or: 2, and: 3, comparison: 4, sum: 5, product: 6, unary: 7, primary: 8 } as const;

interface Rendered {
  readonly text: string;
  readonly level: number;
}

/**
 * Write an expression. Brackets keep the order of the operations as it is in the source, to the last bit.
 *
 * @example
 * renderExpression(expression, dialect); // 'p.kOff * pow(v / p.vOff - 1.0, p.alphaOff)'
 */
export function renderExpression(expression: Expression, dialect: Dialect): string {
  return render(expression, dialect).text;
}

/** Write a condition. */
export function renderCondition(condition: Condition, dialect: Dialect): string {
  return renderTruth(condition, dialect).text;
}

function render(node: Expression, dialect: Dialect): Rendered {
  switch (node.kind) {
    case 'number': {
      const isNegative = node.value < 0 || Object.is(node.value, -0);
      return { text: dialect.number(node.value), level: isNegative ? levels.unary : levels.primary };
    }
    case 'constant':
    case 'argument':
    case 'local':
      return primary(dialect.name(node.kind, node.name));
    case 'parameter':
      return primary(dialect.parameter(node.name));
    case 'negation':
      return { text: `-${within(render(node.operand, dialect), levels.primary)}`, level: levels.unary };
    case 'arithmetic': {
      const level = node.operator === '+' || node.operator === '-' ? levels.sum : levels.product;
      const left = within(render(node.left, dialect), level);
      const right = within(render(node.right, dialect), level + 1);
      return { text: `${left} ${node.operator} ${right}`, level };
    }
    case 'choice': {
      const condition = within(renderTruth(node.condition, dialect), levels.or);
      const whenTrue = within(render(node.whenTrue, dialect), levels.sum);
      const whenFalse = within(render(node.whenFalse, dialect), levels.choice);
      return { text: `${condition} ? ${whenTrue} : ${whenFalse}`, level: levels.choice };
    }
    case 'math':
      return primary(
        dialect.functions[node.name](...node.operands.map((operand) => renderExpression(operand, dialect))),
      );
    case 'call':
      return primary(
        dialect.call(
          node.name,
          node.operands.map((operand) => renderExpression(operand, dialect)),
        ),
      );
  }
}

function renderTruth(node: Condition, dialect: Dialect): Rendered {
  const operators = dialect.operators ?? {};
  switch (node.kind) {
    case 'comparison': {
      const left = within(render(node.left, dialect), levels.sum);
      const right = within(render(node.right, dialect), levels.sum);
      const operator =
        node.operator === '==' || node.operator === '!='
          ? (operators[node.operator] ?? node.operator)
          : node.operator;
      return { text: `${left} ${operator} ${right}`, level: levels.comparison };
    }
    case 'not': {
      const operand = within(renderTruth(node.operand, dialect), levels.primary);
      return { text: `${operators.not ?? '!'}${operand}`, level: levels.unary };
    }
    case 'and':
    case 'or': {
      const level = levels[node.kind];
      const left = within(renderTruth(node.left, dialect), level);
      const right = within(renderTruth(node.right, dialect), level + 1);
      const operator = operators[node.kind] ?? (node.kind === 'and' ? '&&' : '||');
      // Compilers warn of `a && b || c`, and readers stumble.
      return {
        text: `${bracketMixed(left, node.left, node)} ${operator} ${bracketMixed(right, node.right, node)}`,
        level,
      };
    }
  }
}

function bracketMixed(text: string, operand: Condition, parent: Condition): string {
  const isMixed = (operand.kind === 'and' || operand.kind === 'or') && operand.kind !== parent.kind;
  return isMixed && !text.startsWith('(') ? `(${text})` : text;
}

function primary(text: string): Rendered {
  return { text, level: levels.primary };
}

function within({ text, level }: Rendered, least: number): string {
  return level >= least ? text : `(${text})`;
}

/** How a language of braces writes statements. */
export interface StatementForm {
  local(name: string, value: string): string;
  result(value: string): string;
}

/** Write a function's body as lines of a language with `if (...) { }`, two spaces a level. */
export function renderBlock(block: Block, dialect: Dialect, form: StatementForm): string[] {
  const locals = block.locals.map(({ name, value }) =>
    form.local(dialect.name('local', name), renderExpression(value, dialect)),
  );
  const { end } = block;
  return end.kind === 'result'
    ? [...locals, form.result(renderExpression(end.value, dialect))]
    : [...locals, ...renderBranch(end, dialect, form)];
}

function renderBranch(
  { condition, whenTrue, whenFalse }: Branch,
  dialect: Dialect,
  form: StatementForm,
): string[] {
  return [
    `if (${renderCondition(condition, dialect)}) {`,
    ...indent(renderBlock(whenTrue, dialect, form)),
    '}',
    ...renderBlock(whenFalse, dialect, form),
  ];
}

/** Move lines one level in. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
