/**
 * The intermediate form of a device model: its equations as trees of a few node kinds, free of TypeScript. Every
 * node knows where it came from. A target reads nothing else.
 */
import type { MathName } from './function-table.ts';

/** Where a node stands in the model's source; line and column count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Located {
  readonly at: SourceLocation;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** A number. */
export type Expression = Located &
  (
    | { readonly kind: 'number'; readonly value: number }
    /** A constant of the model, an argument or a local of the function. */
    | { readonly kind: 'constant' | 'argument' | 'local'; readonly name: string }
    /** A parameter of the device; `unit` is what the equations take it for. */
    | { readonly kind: 'parameter'; readonly name: string; readonly unit: string }
    | { readonly kind: 'negation'; readonly operand: Expression }
    | {
        readonly kind: 'arithmetic';
        readonly operator: ArithmeticOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'choice';
        readonly condition: Condition;
        readonly whenTrue: Expression;
        readonly whenFalse: Expression;
      }
    | { readonly kind: 'math'; readonly name: MathName; readonly operands: readonly Expression[] }
    /** A call of another function of the model. */
    | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  );

/** A truth value. */
export type Condition = Located &
  (
    | {
        readonly kind: 'comparison';
        readonly operator: ComparisonOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
    | { readonly kind: 'not'; readonly operand: Condition }
  );

/** Locals in order, then a result or a branch; every path ends in a result. */
export interface Block {
  readonly locals: readonly Local[];
  readonly end: Result | Branch;
}

export interface Local extends Located {
  readonly name: string;
  readonly value: Expression;
  /** Unit text, where the source states one. */
  readonly unit?: string;
}

export interface Result extends Located {
  readonly kind: 'result';
  readonly value: Expression;
}

export interface Branch extends Located {
  readonly kind: 'branch';
  readonly condition: Condition;
  readonly whenTrue: Block;
  readonly whenFalse: Block;
}

export interface Argument extends Located {
  readonly name: string;
  /** Unit text, as in src/units.ts. */
  readonly unit: string;
}

/** A pure function of its arguments and of the device's parameters. */
export interface ModelFunction extends Located {
  /** Unique in the model. */
  readonly name: string;
  /** First sentence of its comment; empty where it has none. */
  readonly summary: string;
  readonly arguments: readonly Argument[];
  /** Unit text of the result. */
  readonly unit: string;
  readonly body: Block;
}

/** A number of a model file, outside its functions. */
export interface ModelConstant extends Located {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export interface ModelParameter extends Located {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  readonly min: number;
  readonly max: number;
}

/** What a function is to a device model; see `DeviceModel`. */
export const roles = ['rate', 'current', 'advance', 'lowerBound', 'upperBound'] as const;
export type Role = (typeof roles)[number];

/** What all models have. */
export interface Equations extends Located {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly parameters: readonly ModelParameter[];
  readonly constants: readonly ModelConstant[];
  /** A function stands after those that it calls. */
  readonly functions: readonly ModelFunction[];
}

/** A device model, ready to be checked and emitted. */
export interface Model extends Equations {
  readonly state: {
    readonly symbol: string;
    readonly unit: string;
    readonly meaning: string;
    readonly conductance: 'rises' | 'falls';
  };
  readonly setPolarity: 1 | -1;
  readonly quietAtZeroVolts: boolean;
  /** Largest |V| of the stated validity range, volt. */
  readonly validVolts: number;
  /** Names of the functions that play the roles. */
  readonly roles: Readonly<Record<Exclude<Role, 'advance'>, string>> & { readonly advance?: string };
}

/** A state variable of a neuron, with the functions that move it. */
export interface NeuronStateEquations {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  /** Of the states and the input: the state after a step. */
  readonly step: string;
  /** Of the states after the step: the state after a spike. */
  readonly reset: string;
}

/** A neuron, ready to be checked and emitted; see `NeuronModel`. */
export interface NeuronEquations extends Equations {
  readonly states: readonly NeuronStateEquations[];
  readonly input: { readonly unit: string; readonly meaning: string };
  /** Of the states after a step: above 0 where the neuron spikes. */
  readonly overdrive: string;
}

/** `file:line:column`, as editors understand it. */
export function locationText({ file, line, column }: SourceLocation): string {
  return `${file}:${line}:${column}`;
}

/** The function of a model by its name. */
export function functionNamed(model: Equations, name: string): ModelFunction {
  const found = model.functions.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new RangeError(`model ${model.name} has no function ${name}; this is a defect of ohmloom`);
  }
  return found;
}
