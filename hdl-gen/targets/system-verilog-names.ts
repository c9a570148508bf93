import { distinctNames } from '../distinct-names.ts';
import type { FunctionTable } from '../function-table.ts';
import { floatText, snakeCase, unreserved } from '../identifiers.ts';
import type { Model, ModelFunction } from '../ir.ts';
import type { Dialect } from '../render.ts';
import { systemVerilogReserved } from './system-verilog-reserved.ts';
import { localNames } from './verilog-statements.ts';

/** Names of a module. Its functions see its parameters and constants. */
export class SystemVerilogNames {
  readonly #functionTable: FunctionTable;
  readonly #names: ReadonlyMap<string, string>;
  readonly #taken: ReadonlySet<string>;

  constructor({ parameters, constants, functions }: Model, functionTable: FunctionTable) {
    this.#functionTable = functionTable;
    this.#names = distinctNames(
      [
        ...parameters.map(({ name }) => `parameter ${name}`),
        ...constants.map(({ name }) => `constant ${name}`),
        ...functions.map(({ name }) => `function ${name}`),
      ],
      (key) => unreserved(snakeCase(key.split(' ')[1]!), systemVerilogReserved),
    );
    this.#taken = new Set([...systemVerilogReserved, ...this.#names.values()]);
  }

  parameter(name: string): string {
    return this.#names.get(`parameter ${name}`)!;
  }

  constant(name: string): string {
    return this.#names.get(`constant ${name}`)!;
  }

  function(name: string): string {
    return this.#names.get(`function ${name}`)!;
  }

  call(name: string, operands: readonly string[]): string {
    return `${this.function(name)}(${operands.join(', ')})`;
  }

  /** How a function is written: its arguments and locals hide nothing of the module. */
  dialect({ arguments: args, body }: ModelFunction): Dialect {
    const own = distinctNames([...args.map(({ name }) => name), ...localNames(body)], (name) =>
      unreserved(snakeCase(name), this.#taken),
    );
    return {
      functions: this.#functionTable,
      number: floatText,
      name: (kind, name) => (kind === 'constant' ? this.constant(name) : (own.get(name) ?? name)),
      parameter: (name) => this.parameter(name),
      call: (name, operands) => this.call(name, operands),
    };
  }
}
