import type { EmittedFile } from '../target.ts';
import { firstHash, firstRandom, hashPrime } from './neuron-bench.ts';
import { type CircuitOperation, isTruth } from './neuron-circuit.ts';
import { type NeuronEmission, neuronProvenance } from './neuron-emission.ts';

/** C99 of a neuron in integers, for firmware, and a test bench that prints `pass` or `fail`. */
export function neuronC(emission: NeuronEmission): EmittedFile[] {
  const { name } = emission;
  return [
    { path: `${name}.h`, text: headerText(emission) },
    { path: `${name}.c`, text: sourceText(emission) },
    { path: `${name}_testbench.c`, text: benchText(emission) },
  ];
}

function headerText(emission: NeuronEmission): string {
  const { name, circuit } = emission;
  const guard = `OHMLOOM_${name.toUpperCase()}_H`;
  return `${heading(emission)}
#ifndef ${guard}
#define ${guard}

#include <stdint.h>

struct ${name} {
${circuit.states.map((state) => `  int32_t state_${state.name};`).join('\n')}
};

/* Bring a neuron to where it starts. */
void ${name}_start(struct ${name} *neuron);

/* Take one step with an input of ${circuit.bits} bits; returns 1 for a spike, else 0. */
int ${name}_step(struct ${name} *neuron, int32_t drive);

#endif
`;
}

function sourceText(emission: NeuronEmission): string {
  const { name, circuit } = emission;
  const { bits, states, operations, spike } = circuit;
  const end = 2 ** (bits - 1);
  return `${heading(emission)}
#include "${name}.h"

static inline int64_t held(int64_t a) {
  return a > ${end - 1} ? ${end - 1} : a < -${end} ? -${end} : a;
}

/* a / 2^shift towards minus infinity: what >> does to a negative number is left to the compiler. */
static inline int64_t floor_shift(int64_t a, int shift) {
  return a >= 0 ? a >> shift : ~(~a >> shift);
}

static inline int64_t rounded(int64_t a, int shift) {
  return shift == 0 ? a : floor_shift(a + ((int64_t)1 << (shift - 1)), shift);
}

void ${name}_start(struct ${name} *neuron) {
${states.map((state) => `  neuron->state_${state.name} = ${state.start};`).join('\n')}
}

int ${name}_step(struct ${name} *neuron, int32_t drive) {
${operations.map((operation, position) => `  ${operationText(operation, position, emission)}`).join('\n')}
${states.map((state) => `  neuron->state_${state.name} = (int32_t)t${state.next};`).join('\n')}
  return t${spike};
}
`;
}

function operationText(operation: CircuitOperation, position: number, { circuit }: NeuronEmission): string {
  const type = isTruth(operation) ? 'int' : 'int64_t';
  return `const ${type} t${position} = ${valueText(
    operation,
    circuit.states.map(({ name }) => name),
  )};`;
}

function valueText(operation: CircuitOperation, states: readonly string[]): string {
  switch (operation.kind) {
    case 'constant':
      return String(operation.value);
    case 'state':
      return `neuron->state_${states[operation.index]!}`;
    case 'input':
      return 'drive';
    case 'shift':
      return operation.shift > 0
        ? `held(rounded(t${operation.a}, ${operation.shift}))`
        : `held(t${operation.a} * ((int64_t)1 << ${-operation.shift}))`;
    case 'add':
      return `held(t${operation.a} + t${operation.b})`;
    case 'subtract':
      return `held(t${operation.a} - t${operation.b})`;
    case 'multiply':
      return `held(rounded(t${operation.a} * t${operation.b}, ${operation.shift}))`;
    case 'less':
      return `t${operation.a} < t${operation.b}`;
    case 'equal':
      return `t${operation.a} == t${operation.b}`;
    case 'and':
      return `t${operation.a} && t${operation.b}`;
    case 'or':
      return `t${operation.a} || t${operation.b}`;
    case 'not':
      return `!t${operation.a}`;
    case 'select':
      return `t${operation.condition} ? t${operation.a} : t${operation.b}`;
  }
}

function benchText({ name, circuit, bench }: NeuronEmission): string {
  const { bits, states } = circuit;
  return `/* Test bench: random inputs for ${bench.steps} steps, compared with the emulator's spikes, states and hash of every step. */
#include "${name}.h"

#include <inttypes.h>
#include <stdio.h>

static int32_t input_of(uint32_t random) {
  const int32_t raw = random & 4u            ? (int32_t)(random << 1 >> ${33 - bits})
                      : random & 0x80000000u ? (int32_t)(random >> ${32 - bits}) - ${2 ** bits}
                                             : (int32_t)(random >> ${32 - bits});
  const int shift = (int)(random & 3u);
  return raw >= 0 ? raw >> shift : ~(~raw >> shift);
}

int main(void) {
  uint32_t random = 0x${firstRandom.toString(16)}u;
  uint32_t hash = 0x${firstHash.toString(16)}u;
  long spikes = 0;
  struct ${name} neuron;
  ${name}_start(&neuron);
  for (long step = 0; step < ${bench.steps}; step++) {
    random ^= random << 13;
    random ^= random >> 17;
    random ^= random << 5;
    const int spike = ${name}_step(&neuron, input_of(random));
    spikes += spike;
${states.map((state) => `    hash = (hash ^ (uint32_t)neuron.state_${state.name}) * ${hashPrime}u;`).join('\n')}
    hash = (hash ^ (uint32_t)spike) * ${hashPrime}u;
  }
  const int passes = hash == 0x${bench.hash.toString(16)}u && spikes == ${bench.spikes}
${states.map((state, index) => `                     && neuron.state_${state.name} == ${bench.states[index]}`).join('\n')};
  if (!passes) {
    printf("%ld spikes, expected ${bench.spikes}; hash %08" PRIx32 ", expected %08x\\n", spikes, hash, 0x${bench.hash.toString(16)}u);
  }
  puts(passes ? "pass" : "fail");
  return passes ? 0 : 1;
}
`;
}

function heading(emission: NeuronEmission): string {
  const [first, ...rest] = neuronProvenance(emission);
  return [`/* ${first}`, ...rest.map((line) => `   ${line}`), '*/'].join('\n');
}
