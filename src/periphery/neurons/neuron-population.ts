import { UsageError } from '../../errors.ts';
import type { NeuronModel, NeuronState } from '../../model/neuron-model.ts';
import type { ParameterValues } from '../../model/parameter-set.ts';
import { RandomStream } from '../../random.ts';
import { requireConfig, requireNotNegative } from '../config-checks.ts';

export interface NeuronPopulationOptions {
  readonly model: NeuronModel;
  /** What all neurons have, before any mismatch. */
  readonly parameters: ParameterValues;
  readonly count: number;
  /**
   * Standard deviation of parameters from neuron to neuron, in their own units: an offset of 5 mV is `{ offset: 5e-3 }`.
   * Values are held inside the ranges of the model.
   */
  readonly mismatch?: Readonly<Record<string, number>>;
  /** Integer from 0 to 2^53 - 1, of the mismatch. */
  readonly seed?: number;
}

/** Computes one value of the neuron at an index, from all its states. */
type OfNeuron = (index: number) => number;

/**
 * Neurons of one model side by side, in float64.
 *
 * @example
 * const model = await neuronTable.lif.load();
 * const neurons = new NeuronPopulation({ model, parameters: model.typical, count: 2 });
 * neurons.step(Float64Array.of(1.5, 0.2)); // 1
 * [...neurons.spikes]; // [1, 0]
 */
export class NeuronPopulation {
  readonly count: number;
  /** Whether each neuron spiked in the last step, 1 or 0. */
  readonly spikes: Uint8Array;
  readonly #model: NeuronModel;
  readonly #parameters: readonly ParameterValues[];
  readonly #values: readonly Float64Array[];
  readonly #next: readonly Float64Array[];
  /** How far each neuron is above its threshold. */
  readonly #margins: Float64Array;
  /** Each takes one state of all neurons one step on. */
  readonly #steps: readonly ((input: Float64Array, next: Float64Array) => void)[];
  readonly #overdrives: (margins: Float64Array) => void;
  readonly #resets: readonly OfNeuron[];

  /** @throws ConfigError for a count, parameter or mismatch that is not one */
  constructor({ model, parameters, count, mismatch = {}, seed = 0 }: NeuronPopulationOptions) {
    requireConfig(Number.isSafeInteger(count) && count > 0, 'neurons.count', count, 'an integer above 0');
    for (const [name, { min, max }] of Object.entries(model.parameters)) {
      const value = parameters[name];
      const isInside = value !== undefined && value >= min && value <= max;
      requireConfig(isInside, `neurons.${name}`, value, `${min} to ${max}`);
    }
    const states: readonly NeuronState[] = Object.values(model.states);
    this.count = count;
    this.spikes = new Uint8Array(count);
    this.#model = model;
    this.#parameters = drawParameters(model, parameters, count, mismatch, seed);
    this.#values = states.map(() => new Float64Array(count));
    this.#next = states.map(() => new Float64Array(count));
    this.#margins = new Float64Array(count);
    this.#steps = states.map((state) => bindStep(state, this.#values, this.#parameters));
    this.#resets = states.map((state) => bindStates(state.reset, this.#next, this.#parameters));
    const overdrive = bindStates(model.overdrive, this.#next, this.#parameters);
    this.#overdrives = (margins) => {
      for (let index = 0; index < count; index++) {
        margins[index] = overdrive(index);
      }
    };
    this.restart();
  }

  /** Bring every neuron to where it starts. */
  restart(): void {
    this.spikes.fill(0);
    Object.values(this.#model.states).forEach((state, k) => {
      for (let index = 0; index < this.count; index++) {
        this.#values[k]![index] = state.start(this.#parameters[index]!);
      }
    });
  }

  /** A state variable of all neurons, [neurons]; the population's own numbers. */
  state(name: string): Float64Array {
    const names = Object.keys(this.#model.states);
    const values = this.#values[names.indexOf(name)];
    if (values === undefined) {
      throw new UsageError(
        'neuron-state',
        `neuron ${this.#model.name}: found state "${name}", expected one of ${names.join(', ')}`,
      );
    }
    return values;
  }

  /** Parameters of one neuron, with its mismatch. */
  parametersOf(index: number): ParameterValues {
    const own = this.#parameters[index];
    if (own === undefined) {
      throw new UsageError(
        'neuron-index',
        `neuron: found ${index}, expected an integer from 0 to ${this.count - 1}`,
      );
    }
    return own;
  }

  /**
   * Take one step.
   *
   * @param input - [neurons], in the unit of the model's input
   * @returns number of neurons that spike
   * @throws UsageError for an input of another length
   */
  step(input: Float64Array): number {
    if (input.length !== this.count) {
      throw new UsageError('neuron-input', `neurons: found ${input.length} inputs, expected ${this.count}`);
    }
    for (let k = 0; k < this.#steps.length; k++) {
      this.#steps[k]!(input, this.#next[k]!);
    }
    this.#overdrives(this.#margins);
    let fired = 0;
    for (let index = 0; index < this.count; index++) {
      const spikes = this.#margins[index]! > 0;
      this.spikes[index] = spikes ? 1 : 0;
      fired += spikes ? 1 : 0;
      for (let k = 0; k < this.#resets.length; k++) {
        this.#values[k]![index] = spikes ? this.#resets[k]!(index) : this.#next[k]![index]!;
      }
    }
    return fired;
  }
}

function drawParameters(
  model: NeuronModel,
  parameters: ParameterValues,
  count: number,
  mismatch: Readonly<Record<string, number>>,
  seed: number,
): readonly ParameterValues[] {
  const drawn = Object.entries(mismatch).map(([name, deviation]) => {
    requireConfig(
      Object.hasOwn(model.parameters, name),
      'neurons.mismatch',
      name,
      Object.keys(model.parameters).join(', '),
    );
    requireNotNegative(`neurons.mismatch.${name}`, deviation);
    return {
      name,
      deviation,
      stream: new RandomStream(seed, `neuron-mismatch/${name}`),
      ...model.parameters[name]!,
    };
  });
  if (drawn.length === 0) {
    return Array.from({ length: count }, () => parameters);
  }
  return Array.from({ length: count }, (_, index) => {
    const own: Record<string, number> = { ...parameters };
    for (const { name, deviation, stream, min, max } of drawn) {
      const value = own[name]! + (deviation === 0 ? 0 : deviation * stream.normal(index, 0));
      own[name] = Math.min(Math.max(value, min), max);
    }
    return own;
  });
}

/** Loops with a fixed number of arguments: spreading an array costs more than the equations. */
function bindStep(
  { step }: NeuronState,
  values: readonly Float64Array[],
  parameters: readonly ParameterValues[],
): (input: Float64Array, next: Float64Array) => void {
  const [a, b, c] = values as [Float64Array, Float64Array, Float64Array];
  const compute = (input: Float64Array): OfNeuron => {
    switch (values.length) {
      case 1:
        return (index) => step(a[index]!, input[index]!, parameters[index]!);
      case 2:
        return (index) => step(a[index]!, b[index]!, input[index]!, parameters[index]!);
      case 3:
        return (index) => step(a[index]!, b[index]!, c[index]!, input[index]!, parameters[index]!);
      default:
        return (index) => step(...values.map((own) => own[index]!), input[index]!, parameters[index]!);
    }
  };
  return (input, next) => {
    const ofNeuron = compute(input);
    for (let index = 0; index < next.length; index++) {
      next[index] = ofNeuron(index);
    }
  };
}

function bindStates(
  compute: NeuronModel['overdrive'],
  values: readonly Float64Array[],
  parameters: readonly ParameterValues[],
): OfNeuron {
  const [a, b, c] = values as [Float64Array, Float64Array, Float64Array];
  switch (values.length) {
    case 1:
      return (index) => compute(a[index]!, parameters[index]!);
    case 2:
      return (index) => compute(a[index]!, b[index]!, parameters[index]!);
    case 3:
      return (index) => compute(a[index]!, b[index]!, c[index]!, parameters[index]!);
    default:
      return (index) => compute(...values.map((own) => own[index]!), parameters[index]!);
  }
}
