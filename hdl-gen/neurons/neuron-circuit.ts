/** What a circuit computes in one clock, from the values of earlier operations by their positions. */
export type CircuitOperation =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'state'; readonly index: number }
  | { readonly kind: 'input' }
  /** a / 2^shift; a negative shift multiplies. */
  | { readonly kind: 'shift'; readonly a: number; readonly shift: number }
  | { readonly kind: 'add' | 'subtract'; readonly a: number; readonly b: number }
  /** a b / 2^shift */
  | { readonly kind: 'multiply'; readonly a: number; readonly b: number; readonly shift: number }
  /** Truth values. */
  | { readonly kind: 'less' | 'equal' | 'and' | 'or'; readonly a: number; readonly b: number }
  | { readonly kind: 'not'; readonly a: number }
  | { readonly kind: 'select'; readonly condition: number; readonly a: number; readonly b: number };

/** A number of a circuit: an integer that stands for integer / 2^fraction of its unit. */
export interface CircuitNumber {
  readonly unit: string;
  readonly meaning: string;
  readonly fraction: number;
}

export interface CircuitState extends CircuitNumber {
  readonly name: string;
  /** Integer before any input. */
  readonly start: number;
  /** Position of the operation that gives the state after the step and the reset. */
  readonly next: number;
}

/** A neuron in fixed point: operations in order, each saturating in `bits` bits. */
export interface NeuronCircuit {
  readonly bits: number;
  readonly input: CircuitNumber;
  readonly states: readonly CircuitState[];
  readonly operations: readonly CircuitOperation[];
  /** Position of the truth value that tells of a spike. */
  readonly spike: number;
}

/** Whether an operation gives a truth value. */
export function isTruth({ kind }: CircuitOperation): boolean {
  return kind === 'less' || kind === 'equal' || kind === 'and' || kind === 'or' || kind === 'not';
}
