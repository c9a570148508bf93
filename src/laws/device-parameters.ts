import fc from 'fast-check';
import type { DeviceModel } from '../model/device-model.ts';
import { type ParameterSet, type ParameterValues, parameterValues } from '../model/parameter-set.ts';

const steps = 1000;

/**
 * Parameters around a published set: each value up to a relative distance away, inside the ranges of the model and
 * of the set, with the bounds of the state in order. A counterexample shrinks towards the published values.
 *
 * @param relative - largest relative distance; 0 gives the published values only
 * @throws ConfigError when the set does not fit the model
 * @throws ModelDomainError when a published value lies outside its range
 * @example
 * fc.sample(deviceParameters(vteam, await loadParameterSet('vteam', 'technion')), 3);
 */
export function deviceParameters<Name extends string>(
  model: DeviceModel<Name>,
  set: ParameterSet,
  relative = 0.2,
): fc.Arbitrary<ParameterValues<Name>> {
  parameterValues(model.parameters, set);
  const offsets: Record<string, fc.Arbitrary<number>> = {};
  for (const name in model.parameters) {
    offsets[name] = fc.integer({ min: -steps, max: steps });
  }
  return fc
    .record(offsets)
    .map((drawn) => {
      const moved: Record<string, number> = {};
      for (const name in model.parameters) {
        const { value, ...own } = set.parameters[name]!;
        const { min, max } = model.parameters[name];
        const asked = value * (1 + (relative * drawn[name]) / steps);
        moved[name] = Math.min(Math.max(asked, own.min, min), own.max, max);
      }
      return parameterValues(model.parameters, set, moved);
    })
    .filter((p) => model.lowerBound(p) < model.upperBound(p));
}
