import {
  type FunctionDeclaration,
  type IfStatement,
  Node,
  type ParameterDeclaration,
  type Statement,
  type VariableDeclaration,
  VariableDeclarationKind,
} from 'ts-morph';
import { unitOfType } from './declarations.ts';
import {
  type Binding,
  extractCondition,
  extractExpression,
  isCondition,
  type Scope,
} from './extract-expression.ts';
import type { Argument, Block, Local, ModelFunction } from './ir.ts';
import { locationOf, refused, unsupported } from './subset.ts';

/** The names of one function, over what the model's files declare. */
class FunctionScope implements Scope {
  readonly #outer: Scope;
  readonly #bindings = new Map<Node, Binding>();
  readonly #names = new Set<string>();

  constructor(outer: Scope) {
    this.#outer = outer;
  }

  binding(declaration: Node): Binding | undefined {
    return this.#bindings.get(declaration) ?? this.#outer.binding(declaration);
  }

  functionName(declaration: Node): string | undefined {
    return this.#outer.functionName(declaration);
  }

  bind(declaration: Node, binding: Binding): void {
    this.#bindings.set(declaration, binding);
  }

  /** A name that no other argument or local has: blocks may shadow names, and not every target has blocks. */
  unusedName(name: string): string {
    let unused = name;
    for (let count = 2; this.#names.has(unused); count++) {
      unused = `${name}${count}`;
    }
    this.#names.add(unused);
    return unused;
  }
}

/**
 * Read a function.
 *
 * @param name - of the function in the model
 * @throws UnsupportedSourceError for what a model may not use
 */
export function extractFunction(node: FunctionDeclaration, name: string, outer: Scope): ModelFunction {
  if (node.isAsync() || node.isGenerator() || node.getTypeParameters().length > 0) {
    throw unsupported(node, 'async, generator or generic function', 'declare a plain function of numbers');
  }
  const scope = new FunctionScope(outer);
  const args = node.getParameters().flatMap((parameter) => bindParameter(parameter, scope));
  const unit = unitOfType(node.getReturnType(), node);
  if (node.getReturnTypeNode() === undefined || unit === undefined) {
    throw unsupported(
      node,
      `result of \`${node.getName() ?? name}\` without a unit`,
      "declare its type, such as `: Volts` or an alias of `Unit<'s^-1'>`",
    );
  }
  const body = node.getBody();
  if (!Node.isBlock(body)) {
    throw unsupported(node, 'function without a body', 'write its equations');
  }
  return {
    name,
    summary: summaryOf(node),
    arguments: args,
    unit,
    body: extractBlock(body.getStatements(), scope, body),
    at: locationOf(node),
  };
}

/** An argument that is a number, or none for the parameters of the device. */
function bindParameter(node: ParameterDeclaration, scope: FunctionScope): Argument[] {
  const name = node.getNameNode();
  if (!Node.isIdentifier(name) || node.isRestParameter() || node.isOptional()) {
    throw unsupported(
      node,
      'destructured, optional or rest argument',
      'take each number as one named argument, and the parameters as `p`',
    );
  }
  const type = node.getType();
  const unit = unitOfType(type, node);
  if (unit !== undefined) {
    const own = scope.unusedName(name.getText());
    scope.bind(node, { kind: 'argument', name: own });
    return [{ name: own, unit, at: locationOf(node) }];
  }
  if (type.isInterface() || type.isObject()) {
    scope.bind(node, { kind: 'parameters' });
    return [];
  }
  throw unsupported(
    node,
    `argument "${name.getText()}" without a unit`,
    "give it a unit type that can be found, such as `Volts` or `Unit<'s^-1'>`",
  );
}

/** Read statements up to the result; `owner` is where a missing one is reported. */
function extractBlock(statements: readonly Statement[], scope: FunctionScope, owner: Node): Block {
  const locals: Local[] = [];
  for (const [index, statement] of statements.entries()) {
    if (Node.isVariableStatement(statement)) {
      if (statement.getDeclarationKind() !== VariableDeclarationKind.Const) {
        throw unsupported(statement, 'variable', 'name each value once with `const`');
      }
      locals.push(...statement.getDeclarations().flatMap((local) => extractLocal(local, scope)));
    } else if (Node.isReturnStatement(statement)) {
      const value = statement.getExpression();
      if (value === undefined) {
        throw unsupported(statement, 'return without a value', 'return a number');
      }
      const end = {
        kind: 'result',
        value: extractExpression(value, scope),
        at: locationOf(statement),
      } as const;
      return { locals, end };
    } else if (Node.isIfStatement(statement)) {
      return { locals, end: extractBranch(statement, statements.slice(index + 1), scope) };
    } else {
      throw refused(statement);
    }
  }
  throw unsupported(owner, 'path without a result', 'end every path with `return`');
}

function extractBranch(node: IfStatement, rest: readonly Statement[], scope: FunctionScope): Block['end'] {
  const condition = extractCondition(node.getExpression(), scope);
  const then = node.getThenStatement();
  const whenTrue = extractBlock(statementsOf(then), scope, then);
  const other = node.getElseStatement();
  if (other !== undefined && rest.length > 0) {
    throw unsupported(rest[0]!, 'statement after `if ... else`', 'both branches return; remove what follows');
  }
  const whenFalse =
    other === undefined
      ? extractBlock(rest, scope, node.getParentOrThrow())
      : extractBlock(statementsOf(other), scope, other);
  return { kind: 'branch', condition, whenTrue, whenFalse, at: locationOf(node) };
}

function statementsOf(node: Statement): readonly Statement[] {
  return Node.isBlock(node) ? node.getStatements() : [node];
}

/** A truth value is not kept: it is written where it is used. */
function extractLocal(node: VariableDeclaration, scope: FunctionScope): Local[] {
  const name = node.getNameNode();
  const value = node.getInitializer();
  if (!Node.isIdentifier(name) || value === undefined) {
    throw unsupported(node, 'destructuring', 'name each value once with `const`');
  }
  if (isCondition(value)) {
    scope.bind(node, { kind: 'truth', condition: extractCondition(value, scope) });
    return [];
  }
  const expression = extractExpression(value, scope);
  const own = scope.unusedName(name.getText());
  scope.bind(node, { kind: 'local', name: own });
  const unit = node.getTypeNode() === undefined ? undefined : unitOfType(node.getType(), node);
  return [{ name: own, value: expression, ...(unit === undefined ? {} : { unit }), at: locationOf(node) }];
}

function summaryOf(node: FunctionDeclaration): string {
  const text = node.getJsDocs().at(-1)?.getDescription().trim() ?? '';
  const [sentence = ''] = text.split(/(?<=[.;])\s/u);
  return sentence.replaceAll(/\s+/gu, ' ').replace(/[.;]$/u, '');
}
