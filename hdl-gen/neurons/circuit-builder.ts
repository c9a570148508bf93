import { fractionFor, toFixed } from '../fixed-point.ts';
import type { CircuitOperation } from './neuron-circuit.ts';

/** A number of the circuit under construction; its range says where its binary point stands. */
export type CircuitValue =
  | {
      readonly kind: 'signal';
      readonly id: number;
      readonly fraction: number;
      readonly min: number;
      readonly max: number;
    }
  /** A constant takes the binary point of whatever it meets. */
  | { readonly kind: 'constant'; readonly value: number };

/** A truth value of the circuit, or one that is known. */
export type CircuitTruth = { readonly id: number } | boolean;

/** Adds operations with binary points that follow from the ranges of their operands. */
export class CircuitBuilder {
  readonly operations: CircuitOperation[] = [];
  readonly bits: number;
  readonly #known = new Map<string, number>();

  constructor(bits: number) {
    this.bits = bits;
  }

  /** A state or the input. */
  source(operation: CircuitOperation, min: number, max: number): CircuitValue {
    return this.#signal(this.#add(operation), min, max);
  }

  /** Position of the operation that gives a value with its binary point at `fraction`. */
  aligned(value: CircuitValue, fraction: number): number {
    if (value.kind === 'constant') {
      return this.#add({ kind: 'constant', value: toFixed(value.value, fraction, this.bits) });
    }
    if (value.fraction === fraction) {
      return value.id;
    }
    const shift = Math.min(Math.max(value.fraction - fraction, -this.bits), this.bits);
    return this.#add({ kind: 'shift', a: value.id, shift });
  }

  sum(kind: 'add' | 'subtract', a: CircuitValue, b: CircuitValue): CircuitValue {
    const [ofA, ofB] = [rangeOf(a), rangeOf(b)];
    const min = kind === 'add' ? ofA.min + ofB.min : ofA.min - ofB.max;
    const max = kind === 'add' ? ofA.max + ofB.max : ofA.max - ofB.min;
    const fraction = this.#fraction(min, max);
    const id = this.#add({ kind, a: this.aligned(a, fraction), b: this.aligned(b, fraction) });
    return { kind: 'signal', id, fraction, min, max };
  }

  product(a: CircuitValue, b: CircuitValue): CircuitValue {
    const [ofA, ofB] = [rangeOf(a), rangeOf(b)];
    const ends = [ofA.min * ofB.min, ofA.min * ofB.max, ofA.max * ofB.min, ofA.max * ofB.max];
    const [min, max] = [Math.min(...ends), Math.max(...ends)];
    const [fractionA, fractionB] = [this.#own(a), this.#own(b)];
    const fraction = Math.min(this.#fraction(min, max), fractionA + fractionB);
    const shift = Math.min(fractionA + fractionB - fraction, 2 * this.bits);
    const id = this.#add({
      kind: 'multiply',
      a: this.aligned(a, fractionA),
      b: this.aligned(b, fractionB),
      shift,
    });
    return { kind: 'signal', id, fraction, min, max };
  }

  /** Compare with the finer of two binary points. */
  compare(kind: 'less' | 'equal', a: CircuitValue, b: CircuitValue): CircuitTruth {
    const signals = [a, b].filter((value) => value.kind === 'signal');
    const fraction = Math.max(...signals.map((value) => value.fraction));
    return { id: this.#add({ kind, a: this.aligned(a, fraction), b: this.aligned(b, fraction) }) };
  }

  both(kind: 'and' | 'or', a: CircuitTruth, b: CircuitTruth): CircuitTruth {
    if (typeof a === 'boolean' || typeof b === 'boolean') {
      const [known, other] = typeof a === 'boolean' ? [a, b] : [b, a];
      return known === (kind === 'and') ? other : known;
    }
    return { id: this.#add({ kind, a: a.id, b: b.id }) };
  }

  not(a: CircuitTruth): CircuitTruth {
    return typeof a === 'boolean' ? !a : { id: this.#add({ kind: 'not', a: a.id }) };
  }

  choice(condition: CircuitTruth, a: CircuitValue, b: CircuitValue): CircuitValue {
    if (typeof condition === 'boolean') {
      return condition ? a : b;
    }
    const [ofA, ofB] = [rangeOf(a), rangeOf(b)];
    const [min, max] = [Math.min(ofA.min, ofB.min), Math.max(ofA.max, ofB.max)];
    const fraction = this.#fraction(min, max);
    const id = this.select(condition, this.aligned(a, fraction), this.aligned(b, fraction));
    return { kind: 'signal', id, fraction, min, max };
  }

  /** Choose between two operations whose binary points agree. */
  select(condition: { readonly id: number }, a: number, b: number): number {
    return this.#add({ kind: 'select', condition: condition.id, a, b });
  }

  #own(value: CircuitValue): number {
    return value.kind === 'signal' ? value.fraction : this.#fraction(value.value, value.value);
  }

  #fraction(min: number, max: number): number {
    return fractionFor(Math.max(Math.abs(min), Math.abs(max)), this.bits);
  }

  #signal(id: number, min: number, max: number): CircuitValue {
    return { kind: 'signal', id, fraction: this.#fraction(min, max), min, max };
  }

  /** Operations that are the same are one. */
  #add(operation: CircuitOperation): number {
    const key = Object.values(operation).join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    this.operations.push(operation);
    this.#known.set(key, this.operations.length - 1);
    return this.operations.length - 1;
  }
}

function rangeOf(value: CircuitValue): { readonly min: number; readonly max: number } {
  return value.kind === 'constant' ? { min: value.value, max: value.value } : value;
}
