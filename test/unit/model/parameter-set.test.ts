import { describe, expect, test } from 'vitest';
import { ConfigError, ModelDomainError } from '../../../src/errors.ts';
import { type ParameterSet, parameterValues, type SchemaOf } from '../../../src/model/parameter-set.ts';
import type { Unit, Volts } from '../../../src/units.ts';

interface Example {
  readonly speed: Unit<'m s^-1'>;
  readonly threshold: Volts;
}

const schema = {
  speed: { unit: 'm s^-1', meaning: 'speed', min: 1e-6, max: 10 },
  threshold: { unit: 'V', meaning: 'threshold', min: 0, max: 5 },
} satisfies SchemaOf<Example>;

// @ts-expect-error the schema gives millimetres where the equations take metres
({ ...schema, speed: { unit: 'mm s^-1', meaning: 'speed', min: 0, max: 1 } }) satisfies SchemaOf<Example>;

const set: ParameterSet = {
  name: 'example',
  model: 'example',
  title: 'example',
  source: { doi: '10.0000/example', where: 'here' },
  conductance: { min: 1e-6, max: 1e-3 },
  readVolts: 0.1,
  parameters: {
    speed: { value: 0.5, unit: 'm s^-1', min: 0.1, max: 2 },
    threshold: { value: 0.3, unit: 'V', min: 0, max: 1 },
  },
};

describe('parameterValues', () => {
  test('gives the published numbers, or the overrides', () => {
    expect(parameterValues(schema, set)).toEqual({ speed: 0.5, threshold: 0.3 });
    expect(parameterValues(schema, set, { speed: 1 })).toEqual({ speed: 1, threshold: 0.3 });
  });

  test('refuses a value in the wrong unit by its size', () => {
    expect(() => parameterValues(schema, set, { speed: 0.5e9 })).toThrow(ModelDomainError);
    expect(() => parameterValues(schema, set, { speed: 0.5e9 })).toThrow(
      '"speed" is 500000000 m s^-1, allowed 0.1 to 2 m s^-1',
    );
    expect(() => parameterValues(schema, set, { speed: Number.NaN })).toThrow(ModelDomainError);
  });

  test('refuses a set that does not fit the model', () => {
    const { speed, threshold } = set.parameters;
    const withParameters = (parameters: ParameterSet['parameters']): ParameterSet => ({ ...set, parameters });
    expect(() => parameterValues(schema, withParameters({ speed: speed! }))).toThrow(
      /"threshold" is missing/u,
    );
    expect(() =>
      parameterValues(
        schema,
        withParameters({ speed: { ...speed!, unit: 'nm s^-1' }, threshold: threshold! }),
      ),
    ).toThrow(/"speed" is in "nm s\^-1", model example takes "m s\^-1"/u);
    expect(() => parameterValues(schema, set, { sped: 1 })).toThrow(ConfigError);
  });
});
