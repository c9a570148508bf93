import { type Expression as TsExpression, Node, type ObjectLiteralExpression, SyntaxKind } from 'ts-morph';
import { declarationOf, declarationOfShorthand, numberOf } from './declarations.ts';
import { unsupported } from './subset.ts';

/** What a member of an object literal is: an expression, a method or a function. */
export type Member = Node;

/** Spreads and names that one object may go through. */
const maxDepth = 32;

/**
 * List the members of an object that stands in the source, with what it spreads, without running anything.
 *
 * @throws UnsupportedSourceError for an object that is not written down
 */
export function membersOf(node: Node, depth = 0): Map<string, Member> {
  const value = valueOf(node, depth);
  if (!Node.isObjectLiteralExpression(value)) {
    throw unsupported(node, 'object that is computed', 'write it as `{ ... }`, or spread one that is');
  }
  return membersOfLiteral(value, depth);
}

function membersOfLiteral(value: ObjectLiteralExpression, depth: number): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const property of value.getProperties()) {
    if (Node.isSpreadAssignment(property)) {
      for (const [name, member] of membersOf(property.getExpression(), depth + 1)) {
        members.set(name, member);
      }
    } else if (Node.isShorthandPropertyAssignment(property)) {
      members.set(property.getName(), declarationOfShorthand(property) ?? property);
    } else if (Node.isPropertyAssignment(property)) {
      const name = property.getNameNode();
      const key = Node.isStringLiteral(name) ? name.getLiteralText() : name.getText();
      members.set(key, property.getInitializerOrThrow());
    } else if (Node.isMethodDeclaration(property)) {
      members.set(property.getName(), property);
    } else {
      throw unsupported(property, 'accessor', 'write the value');
    }
  }
  return members;
}

/**
 * Follow names, members and assertions to where a value is written.
 *
 * @returns the last node that could be found
 */
export function valueOf(node: Node, depth = 0): Node {
  if (depth > maxDepth) {
    throw unsupported(node, 'value that refers to itself', 'write it down');
  }
  if (Node.isParenthesizedExpression(node) || Node.isAsExpression(node) || Node.isSatisfiesExpression(node)) {
    return valueOf(node.getExpression(), depth + 1);
  }
  if (Node.isIdentifier(node)) {
    const declaration = declarationOf(node);
    return declaration === undefined ? node : valueOf(declaration, depth + 1);
  }
  if (Node.isVariableDeclaration(node)) {
    const initializer: TsExpression | undefined = node.getInitializer();
    return initializer === undefined ? node : valueOf(initializer, depth + 1);
  }
  if (Node.isPropertyAccessExpression(node)) {
    const member = membersOf(node.getExpression(), depth + 1).get(node.getName());
    return member === undefined ? node : valueOf(member, depth + 1);
  }
  return node;
}

/** Reads the plain values of an object. */
export class ObjectReader {
  readonly #node: Node;
  readonly #members: Map<string, Member>;

  /** @throws UnsupportedSourceError for an object that is not written down */
  constructor(node: Node) {
    this.#node = node;
    this.#members = membersOf(node);
  }

  names(): readonly string[] {
    return [...this.#members.keys()];
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  /** @throws UnsupportedSourceError where it is missing */
  member(name: string): Member {
    const member = this.#members.get(name);
    if (member === undefined) {
      throw unsupported(
        this.#node,
        `model object without "${name}"`,
        'docs/adding-a-device.md shows a whole one',
      );
    }
    return member;
  }

  /** @throws UnsupportedSourceError unless it is a text that is written down */
  text(name: string): string {
    const value = valueOf(this.member(name));
    if (Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value)) {
      // Comments of emitted files end with their line.
      return value.getLiteralText().replaceAll(/\s*\n\s*/gu, ' ');
    }
    throw unsupported(value, `"${name}" that is computed`, 'write it as one text in quotes');
  }

  /** @throws UnsupportedSourceError unless it is a number that is written down */
  number(name: string): number {
    const value = valueOf(this.member(name));
    const negative =
      Node.isPrefixUnaryExpression(value) && value.getOperatorToken() === SyntaxKind.MinusToken;
    const digits = negative ? value.getOperand() : value;
    if (!Node.isNumericLiteral(digits)) {
      throw unsupported(value, `"${name}" that is computed`, 'write it as a number');
    }
    return negative ? -numberOf(digits) : numberOf(digits);
  }

  /** @throws UnsupportedSourceError unless it is `true` or `false` */
  truth(name: string): boolean {
    const value = valueOf(this.member(name));
    if (Node.isTrueLiteral(value) || Node.isFalseLiteral(value)) {
      return Node.isTrueLiteral(value);
    }
    throw unsupported(value, `"${name}" that is computed`, 'write `true` or `false`');
  }

  /** @throws UnsupportedSourceError unless it is an object that is written down */
  object(name: string): ObjectReader {
    return new ObjectReader(this.member(name));
  }
}
