import { roundShift, saturate } from '../fixed-point.ts';
import type { CircuitOperation, NeuronCircuit } from './neuron-circuit.ts';

/** A neuron in fixed point, step by step: the reference for the emitted C and Verilog, to the last bit. */
export class FixedPointNeuron {
  /** Integers, in the order of the circuit's states. */
  readonly states: number[];
  readonly #circuit: NeuronCircuit;
  /** Values of the operations, by position. */
  readonly #values: Float64Array;
  readonly #operations: readonly (() => number)[];
  #input = 0;

  constructor(circuit: NeuronCircuit) {
    this.#circuit = circuit;
    this.#values = new Float64Array(circuit.operations.length);
    this.states = circuit.states.map(({ start }) => start);
    this.#operations = circuit.operations.map((operation) => this.#bind(operation));
  }

  /**
   * Take one step.
   *
   * @param input - integer of the circuit's bits
   * @returns whether the neuron spikes
   */
  step(input: number): boolean {
    const values = this.#values;
    const operations = this.#operations;
    this.#input = input;
    for (let position = 0; position < operations.length; position++) {
      values[position] = operations[position]!();
    }
    const { states, spike } = this.#circuit;
    for (let index = 0; index < states.length; index++) {
      this.states[index] = values[states[index]!.next]!;
    }
    return values[spike] === 1;
  }

  /** A truth value is 1 or 0. */
  #bind(operation: CircuitOperation): () => number {
    const { bits } = this.#circuit;
    const values = this.#values;
    switch (operation.kind) {
      case 'constant':
        return () => operation.value;
      case 'state':
        return () => this.states[operation.index]!;
      case 'input':
        return () => this.#input;
      case 'shift':
        return () => saturate(roundShift(values[operation.a]!, operation.shift), bits);
      case 'add':
        return () => saturate(values[operation.a]! + values[operation.b]!, bits);
      case 'subtract':
        return () => saturate(values[operation.a]! - values[operation.b]!, bits);
      case 'multiply':
        return () => saturate(roundShift(values[operation.a]! * values[operation.b]!, operation.shift), bits);
      case 'less':
        return () => Number(values[operation.a]! < values[operation.b]!);
      case 'equal':
        return () => Number(values[operation.a] === values[operation.b]);
      case 'and':
        return () => values[operation.a]! * values[operation.b]!;
      case 'or':
        return () => Math.max(values[operation.a]!, values[operation.b]!);
      case 'not':
        return () => 1 - values[operation.a]!;
      case 'select':
        return () => values[values[operation.condition] === 0 ? operation.b : operation.a]!;
    }
  }
}
