import { UsageError } from '../../src/errors.ts';
import type { NeuronModel } from '../../src/model/neuron-model.ts';
import type { ParameterValues } from '../../src/model/parameter-set.ts';
import { nearestName } from '../../src/nearest-name.ts';

/**
 * The parameters of a neuron: its typical values, and what replaces them.
 *
 * @throws UsageError for a name that it does not have, or a value outside its range
 */
export function neuronParameters(
  model: NeuronModel,
  replaced: Readonly<Record<string, number>> = {},
): ParameterValues {
  const names = Object.keys(model.parameters);
  for (const [name, value] of Object.entries(replaced)) {
    const described = names.includes(name) ? model.parameters[name] : undefined;
    if (described === undefined) {
      const nearest = nearestName(name, names);
      throw new UsageError(
        'neuron-parameter',
        `neuron ${model.name}: found parameter "${name}", expected one of ${names.join(', ')}`,
        {
          ...(nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` }),
          details: { found: name, allowed: names },
        },
      );
    }
    const { min, max, unit } = described;
    if (!(value >= min && value <= max)) {
      throw new UsageError(
        'neuron-parameter',
        `neuron ${model.name}: ${name} is ${value}, expected ${min} to ${max}${unit === '1' ? '' : ` ${unit}`}`,
        { details: { name, found: value, allowed: [min, max] } },
      );
    }
  }
  return { ...model.typical, ...replaced };
}
