import { ConfigError, ModelDomainError, UsageError } from '../src/errors.ts';
import type { DeviceModel } from '../src/model/device-model.ts';
import { type ParameterSet, type ParameterValues, parameterValues } from '../src/model/parameter-set.ts';
import { nearestName } from '../src/nearest-name.ts';
import { parameterFilePath, readParameterFile } from './parameter-file.ts';
import { type DeviceEntry, deviceTable } from './table.ts';

/** A model with one set of parameters, ready to simulate. */
export interface LoadedDevice {
  readonly model: DeviceModel;
  readonly set: ParameterSet;
  /** SI numbers, checked against the ranges of the model and of the set. */
  readonly parameters: ParameterValues;
  /** Name of the model's compiled form, for `Crossbar`. */
  readonly kernel: string;
}

/**
 * Load a device: a model, a parameter set, and values that replace published ones.
 *
 * @param setName - a set of the table, or the path of a parameter file of your own that ends in `.json`
 * @param overrides - SI units
 * @throws UsageError for an unknown model or set, with the nearest name
 * @throws ConfigError for a parameter file that does not fit the model
 * @throws ModelDomainError for a value outside its range, or state bounds that leave no room
 * @example
 * const { model, set, parameters } = await loadDevice('data-driven-2016', 'neuropack');
 */
export async function loadDevice(
  modelName: string,
  setName: string,
  overrides: Readonly<Record<string, number>> = {},
): Promise<LoadedDevice> {
  const entry = deviceEntry(modelName);
  const set = await loadParameterSet(modelName, setName);
  const model = await entry.load();
  const parameters = parameterValues(model.parameters, set, overrides);
  const lower = model.lowerBound(parameters);
  const upper = model.upperBound(parameters);
  if (!(lower < upper)) {
    throw new ModelDomainError(
      'state-bounds',
      `parameter set ${set.name}: the state ${model.state.symbol} of model ${model.name} has bounds ${lower} and ${upper} ${model.state.unit}, expected the first below the second`,
      { details: { model: model.name, set: set.name, lower, upper } },
    );
  }
  return { model, set, parameters, kernel: modelName };
}

/**
 * Load a parameter set of a model.
 *
 * @param setName - a set of the table, or the path of a parameter file that ends in `.json`
 * @throws UsageError for an unknown model or set, with the nearest name
 * @throws ConfigError for a file that is not a parameter set of this model
 * @example
 * await loadParameterSet('vteam', 'technion');
 */
export async function loadParameterSet(modelName: string, setName: string): Promise<ParameterSet> {
  const { sets } = deviceEntry(modelName);
  const isFile = setName.endsWith('.json');
  if (!isFile && !sets.includes(setName)) {
    throw unknownName(`parameter set of ${modelName}`, setName, sets);
  }
  const path = isFile ? setName : parameterFilePath(modelName, setName);
  const set = await readParameterFile(path);
  if (set.model !== modelName) {
    throw new ConfigError(
      'parameter-set-model',
      `parameter file ${path}: belongs to model "${set.model}", asked for model "${modelName}"`,
      { details: { path, found: set.model, allowed: modelName } },
    );
  }
  return set;
}

function deviceEntry(modelName: string): DeviceEntry {
  const table: Readonly<Record<string, DeviceEntry>> = deviceTable;
  const entry = Object.hasOwn(table, modelName) ? table[modelName] : undefined;
  if (entry === undefined) {
    throw unknownName('device model', modelName, Object.keys(table));
  }
  return entry;
}

function unknownName(what: string, found: string, allowed: readonly string[]): UsageError {
  const nearest = nearestName(found, allowed);
  return new UsageError(
    'device-unknown',
    `${what}: found "${found}", expected one of ${allowed.join(', ')}`,
    {
      ...(nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` }),
      details: { what, found, allowed, nearest: nearest ?? null },
    },
  );
}
