import {
  type BinaryExpression,
  type CallExpression,
  type Identifier,
  Node,
  type PropertyAccessExpression,
  SyntaxKind,
} from 'ts-morph';
import { declarationOf, isGlobalMath, numberOf, unitOfType } from './declarations.ts';
import { isMathName, mathFunctions, type MathName } from './function-table.ts';
import type { ArithmeticOperator, ComparisonOperator, Condition, Expression } from './ir.ts';
import { locationOf, refused, unsupported } from './subset.ts';

/** What a name inside a function stands for. */
export type Binding =
  | { readonly kind: 'argument' | 'local' | 'constant'; readonly name: string }
  | { readonly kind: 'truth'; readonly condition: Condition }
  /** The parameters of the device. */
  | { readonly kind: 'parameters' };

/** What an expression can see. */
export interface Scope {
  /** @returns undefined for a name that means nothing to a model */
  binding(declaration: Node): Binding | undefined;
  /** Name of a function of the model; undefined for what is not one. */
  functionName(declaration: Node): string | undefined;
}

const arithmetic: ReadonlyMap<SyntaxKind, ArithmeticOperator> = new Map([
  [SyntaxKind.PlusToken, '+'],
  [SyntaxKind.MinusToken, '-'],
  [SyntaxKind.AsteriskToken, '*'],
  [SyntaxKind.SlashToken, '/'],
]);

const comparisons: ReadonlyMap<SyntaxKind, ComparisonOperator> = new Map([
  [SyntaxKind.LessThanToken, '<'],
  [SyntaxKind.LessThanEqualsToken, '<='],
  [SyntaxKind.GreaterThanToken, '>'],
  [SyntaxKind.GreaterThanEqualsToken, '>='],
  [SyntaxKind.EqualsEqualsEqualsToken, '=='],
  [SyntaxKind.ExclamationEqualsEqualsToken, '!='],
]);

/** Operators that give a truth value, those among them that are refused too. */
const truthOperators: ReadonlySet<SyntaxKind> = new Set([
  ...comparisons.keys(),
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
]);

const mathConstants: Readonly<Record<string, number>> = { PI: Math.PI, E: Math.E, LN2: Math.LN2 };

/**
 * Read an expression.
 *
 * @throws UnsupportedSourceError for what a model may not use
 */
export function extractExpression(node: Node, scope: Scope): Expression {
  const at = locationOf(node);
  if (Node.isParenthesizedExpression(node)) {
    return extractExpression(node.getExpression(), scope);
  }
  if (Node.isNumericLiteral(node)) {
    return { kind: 'number', value: numberOf(node), at };
  }
  if (Node.isIdentifier(node)) {
    return extractName(node, scope);
  }
  if (Node.isPropertyAccessExpression(node)) {
    return extractMember(node, scope);
  }
  if (Node.isCallExpression(node)) {
    return extractCall(node, scope);
  }
  if (Node.isPrefixUnaryExpression(node) && node.getOperatorToken() === SyntaxKind.MinusToken) {
    return { kind: 'negation', operand: extractExpression(node.getOperand(), scope), at };
  }
  if (Node.isBinaryExpression(node)) {
    return extractArithmetic(node, scope);
  }
  if (Node.isConditionalExpression(node)) {
    const condition = extractCondition(node.getCondition(), scope);
    const whenTrue = extractExpression(node.getWhenTrue(), scope);
    return {
      kind: 'choice',
      condition,
      whenTrue,
      whenFalse: extractExpression(node.getWhenFalse(), scope),
      at,
    };
  }
  throw refused(node);
}

/**
 * Read a condition.
 *
 * @throws UnsupportedSourceError for what a model may not use
 */
export function extractCondition(node: Node, scope: Scope): Condition {
  const at = locationOf(node);
  if (Node.isParenthesizedExpression(node)) {
    return extractCondition(node.getExpression(), scope);
  }
  if (Node.isPrefixUnaryExpression(node) && node.getOperatorToken() === SyntaxKind.ExclamationToken) {
    return { kind: 'not', operand: extractCondition(node.getOperand(), scope), at };
  }
  if (Node.isBinaryExpression(node)) {
    const operator = node.getOperatorToken().getKind();
    const comparison = comparisons.get(operator);
    if (comparison !== undefined) {
      const left = extractExpression(node.getLeft(), scope);
      return {
        kind: 'comparison',
        operator: comparison,
        left,
        right: extractExpression(node.getRight(), scope),
        at,
      };
    }
    if (operator === SyntaxKind.AmpersandAmpersandToken || operator === SyntaxKind.BarBarToken) {
      const kind = operator === SyntaxKind.BarBarToken ? 'or' : 'and';
      const left = extractCondition(node.getLeft(), scope);
      return { kind, left, right: extractCondition(node.getRight(), scope), at };
    }
  }
  if (Node.isIdentifier(node)) {
    const declaration = declarationOf(node);
    const binding = declaration === undefined ? undefined : scope.binding(declaration);
    if (binding?.kind === 'truth') {
      return binding.condition;
    }
  }
  if (isCondition(node) || Node.isTrueLiteral(node) || Node.isFalseLiteral(node)) {
    throw refused(node);
  }
  throw unsupported(node, 'number as a condition', 'write the comparison, such as `x > 0`');
}

/** Whether an expression is a truth value by its form. */
export function isCondition(node: Node): boolean {
  if (Node.isParenthesizedExpression(node)) {
    return isCondition(node.getExpression());
  }
  if (Node.isPrefixUnaryExpression(node)) {
    return node.getOperatorToken() === SyntaxKind.ExclamationToken;
  }
  return Node.isBinaryExpression(node) && truthOperators.has(node.getOperatorToken().getKind());
}

function extractArithmetic(node: BinaryExpression, scope: Scope): Expression {
  const operator = node.getOperatorToken().getKind();
  const name = arithmetic.get(operator);
  if (name === undefined && operator !== SyntaxKind.AsteriskAsteriskToken) {
    throw refused(node);
  }
  const at = locationOf(node);
  const left = extractExpression(node.getLeft(), scope);
  const right = extractExpression(node.getRight(), scope);
  return name === undefined
    ? { kind: 'math', name: 'pow', operands: [left, right], at }
    : { kind: 'arithmetic', operator: name, left, right, at };
}

function extractName(node: Identifier, scope: Scope): Expression {
  const at = locationOf(node);
  const declaration = declarationOf(node);
  const binding = declaration === undefined ? undefined : scope.binding(declaration);
  if (binding?.kind === 'truth') {
    throw unsupported(node, 'truth value as a number', 'choose between two numbers with `condition ? a : b`');
  }
  if (binding?.kind === 'parameters') {
    throw unsupported(node, `\`${node.getText()}\` as a number`, 'take one member, such as `p.name`');
  }
  if (binding === undefined) {
    throw unsupported(
      node,
      `name "${node.getText()}" from outside the function`,
      'pass it as an argument, or declare it as a numeric `const` at module level',
    );
  }
  return { kind: binding.kind, name: binding.name, at };
}

function extractMember(node: PropertyAccessExpression, scope: Scope): Expression {
  const at = locationOf(node);
  const object = node.getExpression();
  const name = node.getName();
  if (isGlobalMath(object)) {
    const value = Object.hasOwn(mathConstants, name) ? mathConstants[name] : undefined;
    if (value === undefined) {
      throw unsupported(node, `Math.${name}`, `of constants use ${Object.keys(mathConstants).join(', ')}`);
    }
    return { kind: 'number', value, at };
  }
  if (!isParameters(object, scope)) {
    throw unsupported(
      node,
      `member "${name}" of \`${object.getText()}\``,
      'equations see members of the device parameters only',
    );
  }
  const unit = unitOfType(node.getType(), node);
  if (unit === undefined) {
    throw unsupported(
      node,
      `parameter "${name}" without a unit`,
      "declare it in the parameters' interface with a unit type, such as `Volts` or `Unit<'m s^-1'>`",
    );
  }
  return { kind: 'parameter', name, unit, at };
}

function isParameters(node: Node, scope: Scope): boolean {
  const declaration = Node.isIdentifier(node) ? declarationOf(node) : undefined;
  return declaration !== undefined && scope.binding(declaration)?.kind === 'parameters';
}

function extractCall(node: CallExpression, scope: Scope): Expression {
  const callee = node.getExpression();
  if (Node.isPropertyAccessExpression(callee) && isGlobalMath(callee.getExpression())) {
    return extractMath(node, callee.getName(), scope);
  }
  const declaration = Node.isIdentifier(callee) ? declarationOf(callee) : undefined;
  const name = declaration === undefined ? undefined : scope.functionName(declaration);
  if (name === undefined) {
    throw unsupported(
      node,
      `call of \`${callee.getText()}\``,
      'call functions of Math, and functions declared at module level in model files',
    );
  }
  const operands = node.getArguments().filter((operand) => !isParameters(operand, scope));
  return {
    kind: 'call',
    name,
    operands: operands.map((operand) => extractExpression(operand, scope)),
    at: locationOf(node),
  };
}

function extractMath(node: CallExpression, name: string, scope: Scope): Expression {
  if (!isMathName(name)) {
    const allowed = Object.keys(mathFunctions).join(' ');
    throw unsupported(node, `Math.${name}`, `of functions use ${allowed}`);
  }
  const operands = node.getArguments().map((operand) => extractExpression(operand, scope));
  const expected = mathFunctions[name].operands;
  const nests = name === 'min' || name === 'max';
  if (nests ? operands.length < expected : operands.length !== expected) {
    throw unsupported(node, `Math.${name} of ${operands.length} operands`, `give it ${expected}`);
  }
  return nestedMath(name, operands, locationOf(node));
}

/** `min(a, b, c)` is `min(min(a, b), c)`. */
function nestedMath(name: MathName, operands: readonly Expression[], at: Expression['at']): Expression {
  const [first, second, ...rest] = operands;
  if (first === undefined || second === undefined || rest.length === 0) {
    return { kind: 'math', name, operands, at };
  }
  return nestedMath(name, [{ kind: 'math', name, operands: [first, second], at }, ...rest], at);
}
