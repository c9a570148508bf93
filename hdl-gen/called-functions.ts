import { functionNamed, type Model, type ModelConstant, type ModelFunction } from './ir.ts';
import { walkBlock } from './walk.ts';

/** Functions of a model that the named ones need, themselves included, each after those that it calls. */
export function calledFunctions(model: Model, names: readonly string[]): readonly ModelFunction[] {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.has(name)) {
      return;
    }
    needed.add(name);
    walkBlock(functionNamed(model, name).body, (node) => {
      if (node.kind === 'call') {
        visit(node.name);
      }
    });
  };
  names.forEach(visit);
  return model.functions.filter(({ name }) => needed.has(name));
}

/** Constants of a model that some of its functions read. */
export function readConstants(model: Model, functions: readonly ModelFunction[]): readonly ModelConstant[] {
  const read = new Set<string>();
  for (const { body } of functions) {
    walkBlock(body, (node) => {
      if (node.kind === 'constant') {
        read.add(node.name);
      }
    });
  }
  return model.constants.filter(({ name }) => read.has(name));
}

/**
 * Parameters that each function reads, itself or through those that it calls.
 *
 * @returns by name of the function, in the order of the model's parameters
 */
export function readParameters(model: Model): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, readonly string[]>();
  for (const { name, body } of model.functions) {
    const own = new Set<string>();
    walkBlock(body, (node) => {
      if (node.kind === 'parameter') {
        own.add(node.name);
      } else if (node.kind === 'call') {
        read.get(node.name)!.forEach((parameter) => own.add(parameter));
      }
    });
    read.set(
      name,
      model.parameters.map((parameter) => parameter.name).filter((parameter) => own.has(parameter)),
    );
  }
  return read;
}
