import { indent } from '../render.ts';
import { type GraphNode, isDear, type Operation } from '../simplify.ts';

/** How single operations are written on values that have names. */
export interface Machine {
  /** Whether a choice may branch, so that only one of its sides is computed. */
  readonly branches: boolean;
  number(value: number): string;
  truth(value: boolean): string;
  /** @param nodes - the operands, where their nature helps to choose an instruction */
  operation(operation: Operation, operands: readonly string[], nodes: readonly GraphNode[]): string;
}

/** What stands for a node instead of its operation: a name that exists, or the text of a value. */
export type Substitute = { readonly name: string } | { readonly text: string } | undefined;

/** Code for nodes of a graph: every node is computed once, into a name of its own, after its operands. */
export class StraightCode {
  readonly lines: string[] = [];
  readonly #machine: Machine;
  readonly #substitute: (node: GraphNode, code: StraightCode) => Substitute;
  readonly #names: Map<GraphNode, string>;

  /** @param substitute - for inputs and parameters at least */
  constructor(
    machine: Machine,
    substitute: (node: GraphNode, code: StraightCode) => Substitute,
    names: ReadonlyMap<GraphNode, string> = new Map(),
  ) {
    this.#machine = machine;
    this.#substitute = substitute;
    this.#names = new Map(names);
  }

  /** Code for an inner block, which sees what has been computed so far. */
  inner(): StraightCode {
    return new StraightCode(this.#machine, this.#substitute, this.#names);
  }

  /** Name of a node's value; writes the code that computes it when it is first asked for. */
  value(node: GraphNode): string {
    const known = this.#names.get(node);
    if (known !== undefined) {
      return known;
    }
    const substitute = this.#substitute(node, this);
    const name = substitute !== undefined && 'name' in substitute ? substitute.name : `t${node.id}`;
    if (substitute !== undefined && 'text' in substitute) {
      this.lines.push(`const ${name} = ${substitute.text};`);
    } else if (substitute === undefined && this.#isWorthBranching(node)) {
      this.#branch(node, name);
    } else if (substitute === undefined) {
      this.lines.push(`const ${name} = ${this.text(node)};`);
    }
    this.#names.set(node, name);
    return name;
  }

  /** Text of a node's own operation on the names of its operands. */
  text({ id, content }: GraphNode): string {
    switch (content.kind) {
      case 'number':
        return this.#machine.number(content.value);
      case 'truth':
        return this.#machine.truth(content.value);
      case 'operation': {
        const operands = content.operands.map((operand) => this.value(operand));
        return this.#machine.operation(content.operation, operands, content.operands);
      }
      case 'input':
      case 'parameter':
        throw new RangeError(`node ${id}: ${content.name} has no name here; this is a defect of ohmloom`);
    }
  }

  #branch({ content }: GraphNode, name: string): void {
    const [condition, whenTrue, whenFalse] = content.kind === 'operation' ? content.operands : [];
    const decided = this.value(condition!);
    const sides = [whenTrue!, whenFalse!].map((side) => {
      const inner = this.inner();
      const value = inner.value(side);
      return indent([...inner.lines, `${name} = ${value};`]);
    });
    this.lines.push(`let ${name}: f64;`, `if (${decided}) {`, ...sides[0]!, '} else {', ...sides[1]!, '}');
  }

  #isWorthBranching({ content }: GraphNode): boolean {
    if (!(this.#machine.branches && content.kind === 'operation' && content.operation === 'choice')) {
      return false;
    }
    const visited = new Set<GraphNode>();
    const isLeftToDo = (node: GraphNode): boolean => {
      if (visited.has(node) || this.#names.has(node)) {
        return false;
      }
      visited.add(node);
      return isDear(node) || (node.content.kind === 'operation' && node.content.operands.some(isLeftToDo));
    };
    return content.operands.slice(1).some(isLeftToDo);
  }
}
