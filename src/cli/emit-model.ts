import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { loadDevice } from '../../devices/load-device.ts';
import { readParameterFile } from '../../devices/parameter-file.ts';
import { checkEmitted } from '../../hdl-gen/check-emitted.ts';
import { checkDimensions } from '../../hdl-gen/dimension-check.ts';
import { deviceModelOf } from '../../hdl-gen/evaluate.ts';
import { ModelReader } from '../../hdl-gen/extract.ts';
import { modelIdentifier } from '../../hdl-gen/identifiers.ts';
import type { Model } from '../../hdl-gen/ir.ts';
import { builtInModelPath } from '../../hdl-gen/package-sources.ts';
import type { EmittedDevice } from '../../hdl-gen/target.ts';
import { type TargetName, targetTable } from '../../hdl-gen/target-table.ts';
import { ConfigError, ModelDomainError, UsageError } from '../errors.ts';
import { parameterValues } from '../model/parameter-set.ts';
import { completeModelName } from './model-name.ts';
import { type EmitOutcome, writeEmitted } from './write-emitted.ts';

/** A model by its flags. */
export interface ModelFlags {
  /** Name of a model of the table, perhaps a shorter one, or path of a model file that ends in `.ts`. */
  readonly model: string;
  /** Name of a published set, or path of a parameter file. */
  readonly set: string | undefined;
}

export interface EmitModelFlags extends ModelFlags {
  readonly out: string;
  /** Whether the files are run through the tool of the target. */
  readonly check: boolean;
}

/** A model and its numbers, ready for a target. */
export interface ModelToEmit {
  readonly model: Model;
  readonly device: EmittedDevice;
}

/**
 * Write a model in the language of a target.
 *
 * @throws UsageError for an unknown model or set
 * @throws UnsupportedSourceError for a model file that uses more than a model may
 * @throws DimensionError for an equation whose units disagree
 * @throws ConfigError for a model file without a parameter set, a set that does not fit, or files that cannot be written
 * @throws ToolError for a check whose tool is missing or finds a difference
 */
export async function emitModel(targetName: TargetName, flags: EmitModelFlags): Promise<EmitOutcome> {
  const { out, check } = flags;
  const emission = await readModelToEmit(flags);
  const target = await targetTable[targetName].load();
  const paths = await writeEmitted(out, target.emit(emission));
  const { model, device } = emission;
  const finding = check ? await checkEmitted(targetName, out, modelIdentifier(model.name)) : undefined;
  return {
    document: {
      target: targetName,
      model: model.name,
      set: device.set.name,
      files: paths,
      check: finding ?? null,
    },
    text: [`wrote ${paths.join(', ')}`, ...(finding === undefined ? [] : [finding])].join('\n'),
  };
}

/** Read a model and its parameters, and check its units; see {@link emitModel} for what is thrown. */
export async function readModelToEmit({ model: name, set }: ModelFlags): Promise<ModelToEmit> {
  const reader = new ModelReader();
  if (name.endsWith('.ts')) {
    const model = checked(reader, name);
    return { model, device: await ownDevice(model, name, set) };
  }
  const named = completeModelName(name, set);
  const { set: found, parameters } = await loadDevice(named.model, named.set);
  return { model: checked(reader, builtInModelPath(named.model)), device: { set: found, parameters } };
}

function checked(reader: ModelReader, path: string): Model {
  const model = reader.read(path);
  checkDimensions(model);
  return model;
}

/** Parameters for a model file of the user's own. */
async function ownDevice(model: Model, path: string, given: string | undefined): Promise<EmittedDevice> {
  if (given !== undefined && !given.endsWith('.json')) {
    throw new UsageError(
      'emit-set',
      `--set: found "${given}", expected the path of a parameter file (.json) for model file ${path}`,
    );
  }
  const file = given ?? (await onlySetBeside(model, path));
  const set = await readParameterFile(file);
  if (set.model !== model.name) {
    throw new ConfigError(
      'parameter-set-model',
      `parameter file ${file}: belongs to model "${set.model}", asked for model "${model.name}"`,
      { details: { path: file, found: set.model, allowed: model.name } },
    );
  }
  const device = deviceModelOf(model);
  const parameters = parameterValues(device.parameters, set);
  const [lower, upper] = [device.lowerBound(parameters), device.upperBound(parameters)];
  if (!(lower < upper)) {
    throw new ModelDomainError(
      'state-bounds',
      `parameter file ${file}: the state ${model.state.symbol} has bounds ${lower} and ${upper} ${model.state.unit}, expected the first below the second`,
      { details: { path: file, lower, upper } },
    );
  }
  return { set, parameters };
}

/** The parameter file `<model>.<set>.json` beside a model file or in its folder `parameters`, if there is just one. */
async function onlySetBeside(model: Model, path: string): Promise<string> {
  const folder = dirname(path);
  const found: string[] = [];
  for (const place of [folder, join(folder, 'parameters')]) {
    const names = await readdir(place).catch(() => []);
    const sets = names.filter((name) => name.startsWith(`${model.name}.`) && name.endsWith('.json'));
    found.push(...sets.map((name) => join(place, name)));
  }
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) {
    const what = only === undefined ? 'no parameter file' : found.map((name) => basename(name)).join(', ');
    throw new ConfigError(
      'emit-parameters',
      `model file ${path}: found ${what} beside it, expected one ${model.name}.<set>.json, or --set`,
      { details: { path, found } },
    );
  }
  return only;
}
