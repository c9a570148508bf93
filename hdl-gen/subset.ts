/**
 * What TypeScript a model file may use, as what it may not: every construct outside the subset has a name and an
 * alternative. docs/model-subset.md shows them.
 */
import { Node, SyntaxKind } from 'ts-morph';
import { UnsupportedSourceError } from '../src/errors.ts';
import { locationText, type SourceLocation } from './ir.ts';
import { displayPath } from './package-sources.ts';

interface Refusal {
  readonly construct: string;
  readonly alternative: string;
}

const loop = {
  construct: 'loop',
  alternative: 'write the closed form, or leave `advance` out: the state is then integrated',
};
const assignment = { construct: 'assignment', alternative: 'name each value once with `const`' };
const bits = { construct: 'bitwise operator', alternative: 'use arithmetic; quantities are real numbers' };
const closure = {
  construct: 'function inside an expression',
  alternative: 'declare it at module level: function name(...) { ... }',
};
const truth = {
  construct: 'truth value as a number',
  alternative: 'choose between two numbers with `condition ? a : b`',
};
const hidesUnit = {
  construct: 'type assertion',
  alternative: 'give the declaration its unit type instead; an assertion would hide a wrong unit',
};
const collection = {
  construct: 'object or array',
  alternative: 'use one `const` for each number, and members of the parameters',
};
const text = { construct: 'text', alternative: 'equations hold numbers only' };

const refusals: ReadonlyMap<SyntaxKind, Refusal> = new Map([
  [SyntaxKind.ForStatement, loop],
  [SyntaxKind.ForOfStatement, loop],
  [SyntaxKind.ForInStatement, loop],
  [SyntaxKind.WhileStatement, loop],
  [SyntaxKind.DoStatement, loop],
  [
    SyntaxKind.SwitchStatement,
    { construct: 'switch', alternative: 'write a chain of `if (...) { return ... }`' },
  ],
  [
    SyntaxKind.ThrowStatement,
    {
      construct: 'throw',
      alternative: 'guard the argument so that the result is finite; the emulator reports what is not',
    },
  ],
  [SyntaxKind.TryStatement, { construct: 'try', alternative: 'equations throw nothing; leave it out' }],
  [
    SyntaxKind.ExpressionStatement,
    { construct: 'statement without a result', alternative: 'functions are pure: name values with `const`' },
  ],
  [SyntaxKind.FunctionDeclaration, closure],
  [SyntaxKind.ArrowFunction, closure],
  [SyntaxKind.FunctionExpression, closure],
  [SyntaxKind.AsExpression, hidesUnit],
  [SyntaxKind.SatisfiesExpression, hidesUnit],
  [SyntaxKind.TypeAssertionExpression, hidesUnit],
  [
    SyntaxKind.NonNullExpression,
    { construct: '`!`', alternative: 'take parameters from an interface whose members are numbers' },
  ],
  [
    SyntaxKind.ElementAccessExpression,
    { construct: 'member by a computed name', alternative: 'write `p.name`' },
  ],
  [SyntaxKind.ObjectLiteralExpression, collection],
  [SyntaxKind.ArrayLiteralExpression, collection],
  [SyntaxKind.StringLiteral, text],
  [SyntaxKind.NoSubstitutionTemplateLiteral, text],
  [SyntaxKind.TemplateExpression, text],
  [SyntaxKind.TrueKeyword, truth],
  [SyntaxKind.FalseKeyword, truth],
  [SyntaxKind.PostfixUnaryExpression, assignment],
  [SyntaxKind.NewExpression, { construct: 'new', alternative: 'equations hold numbers only' }],
  [SyntaxKind.AwaitExpression, { construct: 'await', alternative: 'equations are computed at once' }],
]);

const operatorRefusals: ReadonlyMap<SyntaxKind, Refusal> = new Map([
  [SyntaxKind.PercentToken, { construct: 'remainder', alternative: 'write `a - b * Math.floor(a / b)`' }],
  [SyntaxKind.LessThanToken, truth],
  [SyntaxKind.LessThanEqualsToken, truth],
  [SyntaxKind.GreaterThanToken, truth],
  [SyntaxKind.GreaterThanEqualsToken, truth],
  [SyntaxKind.EqualsEqualsEqualsToken, truth],
  [SyntaxKind.ExclamationEqualsEqualsToken, truth],
  [SyntaxKind.AmpersandAmpersandToken, truth],
  [SyntaxKind.BarBarToken, truth],
  [SyntaxKind.ExclamationToken, truth],
  [SyntaxKind.EqualsEqualsToken, { construct: '`==`', alternative: 'write `===`' }],
  [SyntaxKind.ExclamationEqualsToken, { construct: '`!=`', alternative: 'write `!==`' }],
  [
    SyntaxKind.QuestionQuestionToken,
    { construct: '`??`', alternative: 'every parameter has a value; leave it out' },
  ],
  [SyntaxKind.AmpersandToken, bits],
  [SyntaxKind.BarToken, bits],
  [SyntaxKind.CaretToken, bits],
  [SyntaxKind.TildeToken, bits],
  [SyntaxKind.LessThanLessThanToken, bits],
  [SyntaxKind.GreaterThanGreaterThanToken, bits],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken, bits],
  [SyntaxKind.PlusPlusToken, assignment],
  [SyntaxKind.MinusMinusToken, assignment],
  [SyntaxKind.EqualsToken, assignment],
  [SyntaxKind.PlusEqualsToken, assignment],
  [SyntaxKind.MinusEqualsToken, assignment],
  [SyntaxKind.AsteriskEqualsToken, assignment],
  [SyntaxKind.SlashEqualsToken, assignment],
]);

/** The error for a construct that the subset does not have, by the kind of its node. */
export function refused(node: Node): UnsupportedSourceError {
  const found =
    refusals.get(node.getKind()) ??
    (Node.isBinaryExpression(node) ? operatorRefusals.get(node.getOperatorToken().getKind()) : undefined) ??
    (Node.isPrefixUnaryExpression(node) ? operatorRefusals.get(node.getOperatorToken()) : undefined);
  const construct = found?.construct ?? node.getKindName();
  return unsupported(node, construct, found?.alternative ?? 'docs/model-subset.md says what a model may use');
}

/**
 * The error for source that cannot be compiled: `file:line:column: construct: alternative`.
 *
 * @param construct - what was found
 * @param alternative - what to write instead
 */
export function unsupported(node: Node, construct: string, alternative: string): UnsupportedSourceError {
  const at = locationOf(node);
  return new UnsupportedSourceError(
    'unsupported-source',
    `${locationText(at)}: ${construct}: ${alternative}`,
    {
      hint: 'docs/model-subset.md lists what a model may use.',
      details: { ...at, construct, alternative },
    },
  );
}

/** Where a node stands. */
export function locationOf(node: Node): SourceLocation {
  const file = node.getSourceFile();
  const { line, column } = file.getLineAndColumnAtPos(node.getStart());
  return { file: displayPath(file.getFilePath()), line, column };
}
