import { type FunctionDeclaration, Node, type VariableDeclaration, VariableDeclarationKind } from 'ts-morph';
import { unitOfType } from './declarations.ts';
import { closedValue } from './evaluate.ts';
import { type Binding, extractExpression, type Scope } from './extract-expression.ts';
import { extractFunction } from './extract-function.ts';
import type { ModelConstant, ModelFunction } from './ir.ts';
import { locationOf, unsupported } from './subset.ts';

/** Follows calls from function to function, through the files, and gives each a name of its own. */
export class FunctionCollector implements Scope {
  readonly functions: ModelFunction[] = [];
  readonly constants: ModelConstant[] = [];
  readonly #names = new Map<Node, string>();
  readonly #finished = new Set<Node>();

  /** Name in the model of a function, which is read when it is first asked for. */
  nameOf(node: FunctionDeclaration): string {
    const known = this.#names.get(node);
    if (known !== undefined) {
      if (!this.#finished.has(node)) {
        throw unsupported(node, 'function that calls itself', 'write the closed form');
      }
      return known;
    }
    const name = this.#unusedName(node.getName() ?? 'anonymous', node);
    this.#names.set(node, name);
    this.functions.push(extractFunction(node, name, this));
    this.#finished.add(node);
    return name;
  }

  functionName(declaration: Node): string | undefined {
    return Node.isFunctionDeclaration(declaration) ? this.nameOf(declaration) : undefined;
  }

  binding(declaration: Node): Binding | undefined {
    if (
      !Node.isVariableDeclaration(declaration) ||
      !Node.isSourceFile(declaration.getVariableStatement()?.getParent())
    ) {
      return undefined;
    }
    const name = this.#names.get(declaration) ?? this.#addConstant(declaration);
    return { kind: 'constant', name };
  }

  #addConstant(node: VariableDeclaration): string {
    const initializer = node.getInitializer();
    if (
      initializer === undefined ||
      node.getVariableStatement()?.getDeclarationKind() !== VariableDeclarationKind.Const
    ) {
      throw unsupported(node, 'variable outside the functions', 'declare it with `const` and a number');
    }
    const value = closedValue(extractExpression(initializer, this), this.constants);
    const name = this.#unusedName(node.getName(), node);
    this.#names.set(node, name);
    this.constants.push({ name, value, unit: unitOfType(node.getType(), node) ?? '1', at: locationOf(node) });
    return name;
  }

  /** The name in the source, or one that starts with the file where another file has the same. */
  #unusedName(name: string, node: Node): string {
    const taken = new Set(this.#names.values());
    const file = camelCase(node.getSourceFile().getBaseNameWithoutExtension());
    const qualified = `${file}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    let unused = taken.has(name) ? qualified : name;
    for (let count = 2; taken.has(unused); count++) {
      unused = `${qualified}${count}`;
    }
    return unused;
  }
}

function camelCase(kebab: string): string {
  return kebab.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
