import { readParameters } from '../called-functions.ts';
import { distinctNames } from '../distinct-names.ts';
import type { FunctionTable } from '../function-table.ts';
import { floatText, snakeCase, unreserved } from '../identifiers.ts';
import type { Model, ModelFunction } from '../ir.ts';
import type { Dialect } from '../render.ts';
import { verilogAReserved } from './verilog-a-reserved.ts';
import { localNames } from './verilog-statements.ts';

/** Names inside a function. */
export interface FunctionNames {
  readonly name: string;
  /** Its arguments, then the parameters that it reads. */
  readonly inputs: readonly string[];
  readonly dialect: Dialect;
}

/**
 * Names of a module. Functions see no parameters: they take those that they read as arguments. A function that has
 * nothing to take becomes a macro, because the language knows no such function.
 */
export class VerilogANames {
  readonly #functionTable: FunctionTable;
  readonly #read: ReadonlyMap<string, readonly string[]>;
  readonly #parameters: ReadonlyMap<string, string>;
  readonly #functions: ReadonlyMap<string, string>;
  readonly #constants: ReadonlyMap<string, string>;
  readonly #macros: ReadonlySet<string>;

  /** @param prefix - of macros, which all files of a design share */
  constructor(model: Model, prefix: string, functionTable: FunctionTable) {
    const { parameters, functions, constants } = model;
    this.#functionTable = functionTable;
    this.#read = readParameters(model);
    this.#macros = new Set(
      functions
        .filter(({ name, arguments: args }) => args.length === 0 && this.#read.get(name)!.length === 0)
        .map(({ name }) => name),
    );
    const macro = (name: string): string => `${prefix}_${snakeCase(name)}`.toUpperCase();
    const own = (name: string): string => unreserved(snakeCase(name), verilogAReserved);
    this.#parameters = distinctNames(namesOf(parameters), own);
    const taken = new Set(this.#parameters.values());
    this.#functions = distinctNames(namesOf(functions), (name) =>
      this.#macros.has(name) ? macro(name) : unreserved(own(name), taken),
    );
    this.#constants = distinctNames(namesOf(constants), (name) => `${macro(name)}_CONSTANT`);
  }

  parameter(name: string): string {
    return this.#parameters.get(name)!;
  }

  /** Name of the macro of a constant. */
  constant(name: string): string {
    return this.#constants.get(name)!;
  }

  isMacro({ name }: ModelFunction): boolean {
    return this.#macros.has(name);
  }

  /** Call from the analog block. */
  call(name: string, operands: readonly string[]): string {
    return this.#call(name, operands, (parameter) => this.parameter(parameter));
  }

  function(definition: ModelFunction): FunctionNames {
    const read = this.#read.get(definition.name)!;
    const args = namesOf(definition.arguments);
    const calls = new Set([...verilogAReserved, ...this.#functions.values()]);
    const inner = distinctNames(
      [
        ...read.map((name) => `parameter ${name}`),
        ...[...args, ...localNames(definition.body)].map((name) => `local ${name}`),
      ],
      (key) => {
        const [kind, name = ''] = key.split(' ');
        return kind === 'parameter' ? this.parameter(name) : unreserved(snakeCase(name), calls);
      },
    );
    const local = (name: string): string => inner.get(`local ${name}`) ?? name;
    const parameter = (name: string): string => inner.get(`parameter ${name}`)!;
    return {
      name: this.#functions.get(definition.name)!,
      inputs: [...args.map(local), ...read.map(parameter)],
      dialect: {
        functions: this.#functionTable,
        number: floatText,
        name: (kind, name) => (kind === 'constant' ? `\`${this.constant(name)}` : local(name)),
        parameter,
        call: (name, operands) => this.#call(name, operands, parameter),
      },
    };
  }

  #call(name: string, operands: readonly string[], parameter: (name: string) => string): string {
    const own = this.#functions.get(name)!;
    return this.#macros.has(name)
      ? `\`${own}`
      : `${own}(${[...operands, ...this.#read.get(name)!.map(parameter)].join(', ')})`;
  }
}

function namesOf(list: readonly { readonly name: string }[]): string[] {
  return list.map(({ name }) => name);
}
