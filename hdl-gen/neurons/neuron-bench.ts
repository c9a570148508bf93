import { FixedPointNeuron } from './fixed-point-neuron.ts';
import type { NeuronCircuit } from './neuron-circuit.ts';

/** What the test benches of all languages must find after the same steps. */
export interface NeuronBench {
  readonly steps: number;
  readonly spikes: number;
  /** Integers, in the order of the states. */
  readonly states: readonly number[];
  /** FNV-1a over the words of every step: each state, then 1 or 0 for a spike. */
  readonly hash: number;
}

/** First word of the random numbers, and of the hash. */
export const firstRandom = 0x2545f491;
export const firstHash = 0x811c9dc5;
export const hashPrime = 16_777_619;

/** Marsaglia's xorshift of 32 bits: G. Marsaglia, J. Stat. Softw. 8(14) (2003), doi 10.18637/jss.v008.i14. */
export function nextRandom(word: number): number {
  let x = word ^ (word << 13);
  x ^= x >>> 17;
  return (x ^ (x << 5)) >>> 0;
}

/**
 * Input that a random word stands for: its highest bits, at a random one of four amplitudes, without sign in half of the
 * steps so that neurons spike.
 */
export function benchInput(word: number, bits: number): number {
  const raw = (word & 4) === 0 ? word >> (32 - bits) : (word << 1) >>> (33 - bits);
  return raw >> (word & 3);
}

/** Run a circuit over random inputs. */
export function runNeuronBench(circuit: NeuronCircuit, steps: number): NeuronBench {
  const neuron = new FixedPointNeuron(circuit);
  let word = firstRandom;
  let hash = firstHash;
  let spikes = 0;
  for (let step = 0; step < steps; step++) {
    word = nextRandom(word);
    const spike = neuron.step(benchInput(word, circuit.bits)) ? 1 : 0;
    spikes += spike;
    for (const state of neuron.states) {
      hash = Math.imul(hash ^ state, hashPrime);
    }
    hash = Math.imul(hash ^ spike, hashPrime);
  }
  return { steps, spikes, states: [...neuron.states], hash: hash >>> 0 };
}
