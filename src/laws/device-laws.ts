import { UsageError } from '../errors.ts';
import type { DeviceModel } from '../model/device-model.ts';
import type { ParameterSet } from '../model/parameter-set.ts';
import { arrayLaws } from './array-laws.ts';
import { currentLaws } from './current-laws.ts';
import type { Law } from './law.ts';
import { promiseLaws } from './promise-laws.ts';
import { rangeLaw } from './range-law.ts';
import { stateLaws } from './state-laws.ts';

/**
 * The laws of a device model: of its current, of its state, of what it promises, and of arrays of it. They are tried
 * on devices around the published sets, up to a fifth away in every parameter.
 *
 * @param sets - parameter sets of the model, at least one
 * @throws UsageError without a set
 * @throws ConfigError when a set does not fit the model
 * @example
 * const { model, set } = await loadDevice('vteam', 'technion');
 * for (const law of deviceLaws(model, [set])) {
 *   await law.check({ numRuns: 5 });
 * }
 */
export function deviceLaws(model: DeviceModel, sets: readonly ParameterSet[]): Law[] {
  if (sets.length === 0) {
    throw new UsageError(
      'law-sets',
      `device laws, model ${model.name}: found no parameter set, expected one or more`,
    );
  }
  const subject = { model, sets };
  return [
    ...currentLaws(subject),
    ...stateLaws(subject),
    ...promiseLaws(subject),
    rangeLaw(subject),
    ...arrayLaws(subject),
  ];
}
