import { ConfigError } from '../src/errors.ts';
import type { ParameterSet, ParameterValues } from '../src/model/parameter-set.ts';
import type { Model } from './ir.ts';

/** Numbers for a model, checked against its ranges. */
export interface EmittedDevice {
  readonly set: ParameterSet;
  readonly parameters: ParameterValues;
}

/** What a target is asked to write. The model has passed the dimension check. */
export interface Emission {
  readonly model: Model;
  /** Left out where the parameters are to be given later. */
  readonly device?: EmittedDevice;
}

export interface EmittedFile {
  /** Name in the output folder. */
  readonly path: string;
  readonly text: string;
}

/** A language that models are written in. */
export interface Target {
  readonly name: string;
  readonly title: string;
  /** @throws ConfigError when the target fills in parameters and there are none */
  emit(emission: Emission): readonly EmittedFile[];
}

/** @throws ConfigError when there are no parameters */
export function requireDevice({ device, model }: Emission, target: string): EmittedDevice {
  if (device === undefined) {
    throw new ConfigError(
      'emit-parameters',
      `target ${target}: model ${model.name} comes without parameters, expected a parameter set`,
      { hint: 'Name a published set, or the path of a parameter file.' },
    );
  }
  return device;
}
