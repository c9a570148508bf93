import {
  type Identifier,
  Node,
  type NumericLiteral,
  type ShorthandPropertyAssignment,
  type Type,
} from 'ts-morph';

/** Where the value of an identifier is declared, through imports and re-exports; undefined where it is not. */
export function declarationOf(identifier: Identifier): Node | undefined {
  const symbol = identifier.getSymbol();
  return (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations().find(isValueDeclaration);
}

/** Where the value of `{ name }` is declared. */
export function declarationOfShorthand(property: ShorthandPropertyAssignment): Node | undefined {
  const symbol = property.getValueSymbol();
  return (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations().find(isValueDeclaration);
}

function isValueDeclaration(node: Node): boolean {
  return (
    Node.isFunctionDeclaration(node) ||
    Node.isVariableDeclaration(node) ||
    Node.isParameterDeclaration(node) ||
    Node.isBindingElement(node)
  );
}

/** Whether an identifier means the `Math` of the language; no library is loaded, so that one has no declaration. */
export function isGlobalMath(node: Node): boolean {
  return Node.isIdentifier(node) && node.getText() === 'Math' && declarationOf(node) === undefined;
}

/**
 * Unit text of a type such as `Volts`: what stands in `Unit<'...'>`, wherever the alias was declared.
 *
 * @param where - node at which the type is seen
 * @returns undefined for a type without unit
 */
export function unitOfType(type: Type, where: Node): string | undefined {
  const unit = type.getProperty('unit')?.getTypeAtLocation(where);
  const text = unit?.isUnion() === true ? unit.getUnionTypes().find((part) => part.isStringLiteral()) : unit;
  const literal = text?.getLiteralValue();
  return typeof literal === 'string' ? literal : undefined;
}

/** Value of a literal. `getLiteralValue` is of no use: it reads `1e-8` as 1. */
export function numberOf(literal: NumericLiteral): number {
  return Number(literal.compilerNode.text);
}
