import type { ParameterSchema, ParameterValues } from './parameter-set.ts';

/**
 * A spiking neuron in steps of fixed length, as equations. One step takes every state variable on by its `step`; where
 * `overdrive` of the new states is above 0 the neuron spikes, and every variable goes on by its `reset`.
 *
 * The functions are pure functions of numbers and parameters, declared at module level without closures, as those of a
 * {@link DeviceModel}: the same text runs over populations and is compiled to circuits. States are passed in the order in
 * which `states` names them, then the input where there is one, then the parameters.
 */
export interface NeuronModel<
  Name extends string = string,
  States extends readonly number[] = readonly number[],
> {
  /** Name in the neuron table, such as `lif`. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** DOI and equation numbers of the published model. */
  readonly source: string;
  readonly input: NeuronInput<Name>;
  /** The state variables by name. */
  readonly states: Readonly<Record<string, NeuronState<Name, States>>>;
  readonly parameters: ParameterSchema<Name>;
  /** Values to start from; `source` or docs/neurons.md says where they come from. */
  readonly typical: ParameterValues<Name>;

  /** Comparator: above 0 where the neuron spikes. */
  overdrive(...statesAndParameters: [...States, ParameterValues<Name>]): number;
}

/** What drives a neuron: the sum over its synapses during one step. */
export interface NeuronInput<Name extends string = string> {
  /** Unit text, as in units.ts. */
  readonly unit: string;
  readonly meaning: string;
  /** Smallest and largest input that a circuit must take. */
  range(p: ParameterValues<Name>): readonly [min: number, max: number];
}

/** A state variable of a neuron. */
export interface NeuronState<
  Name extends string = string,
  States extends readonly number[] = readonly number[],
> {
  /** Unit text, as in units.ts. */
  readonly unit: string;
  readonly meaning: string;
  /** Value before any input. */
  start(p: ParameterValues<Name>): number;
  /** Smallest and largest value that a circuit must keep; a circuit saturates there. */
  range(p: ParameterValues<Name>): readonly [min: number, max: number];
  /** Value after one step. */
  step(...statesInputParameters: [...States, number, ParameterValues<Name>]): number;
  /** Value after a spike, from the states after the step. */
  reset(...statesAndParameters: [...States, ParameterValues<Name>]): number;
}
