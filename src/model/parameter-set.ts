import { ConfigError, ModelDomainError } from '../errors.ts';
import type { Unit } from '../units.ts';

/** What a model says about one parameter. */
export interface ParameterDescription {
  /** Unit text, as in units.ts: SI symbols with powers, `'1'` for a pure number. */
  readonly unit: string;
  readonly meaning: string;
  /** Physically plausible range; a number given in the wrong unit falls outside. */
  readonly min: number;
  readonly max: number;
}

export type ParameterSchema<Name extends string = string> = Readonly<Record<Name, ParameterDescription>>;
export type ParameterValues<Name extends string = string> = Readonly<Record<Name, number>>;

/** The schema that fits an interface of united numbers: `satisfies SchemaOf<P>` holds the two to the same units. */
export type SchemaOf<P> = {
  readonly [Name in keyof P]: ParameterDescription & {
    readonly unit: P[Name] extends Unit<infer U> ? U : never;
  };
};

/** A published set of parameters: a JSON file beside the models. */
export interface ParameterSet {
  readonly name: string;
  readonly model: string;
  readonly title: string;
  /** Where the numbers were printed. */
  readonly source: { readonly doi: string; readonly where: string };
  /** Conductances over which the set was fitted or is meant to be used, siemens. */
  readonly conductance: { readonly min: number; readonly max: number };
  /** Pulse voltages over which the set was fitted or has been used, volt, where known. */
  readonly volts?: { readonly min: number; readonly max: number };
  /** Voltage at which conductance is read, volt. */
  readonly readVolts: number;
  readonly notes?: string;
  readonly parameters: Readonly<Record<string, PublishedParameter>>;
}

export interface PublishedParameter {
  readonly value: number;
  readonly unit: string;
  /** Range to which an override in a configuration is held. */
  readonly min: number;
  readonly max: number;
}

/**
 * Check a parameter set against a model's schema and return the plain numbers.
 *
 * @param overrides - values that replace published ones, SI units
 * @throws ConfigError for a missing, unknown or wrongly united parameter
 * @throws ModelDomainError for a value outside the model's or the set's range
 */
export function parameterValues<Name extends string>(
  schema: ParameterSchema<Name>,
  set: ParameterSet,
  overrides: Readonly<Record<string, number>> = {},
): ParameterValues<Name> {
  const names = Object.keys(schema);
  const unknown = [...Object.keys(set.parameters), ...Object.keys(overrides)].find(
    (name) => !Object.hasOwn(schema, name),
  );
  if (unknown !== undefined) {
    throw new ConfigError(
      'parameter-unknown',
      `parameter set ${set.name}: found parameter "${unknown}", model ${set.model} has ${names.join(', ')}`,
    );
  }
  const values: Partial<Record<Name, number>> = {};
  for (const name in schema) {
    values[name] = checkedValue(set, name, schema[name], overrides[name]);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the loop has set every name of the schema
  return values as ParameterValues<Name>;
}

function checkedValue(
  set: ParameterSet,
  name: string,
  description: ParameterDescription,
  override: number | undefined,
): number {
  const published = set.parameters[name];
  if (published === undefined) {
    throw new ConfigError('parameter-missing', `parameter set ${set.name}: parameter "${name}" is missing`, {
      details: { set: set.name, parameter: name },
    });
  }
  if (published.unit !== description.unit) {
    throw new ConfigError(
      'parameter-unit',
      `parameter set ${set.name}: "${name}" is in "${published.unit}", model ${set.model} takes "${description.unit}"`,
      { details: { set: set.name, parameter: name, found: published.unit, allowed: description.unit } },
    );
  }
  const value = override ?? published.value;
  const min = Math.max(published.min, description.min);
  const max = Math.min(published.max, description.max);
  if (!(value >= min && value <= max)) {
    throw new ModelDomainError(
      'parameter-range',
      `parameter set ${set.name}: "${name}" is ${value} ${description.unit}, allowed ${min} to ${max} ${description.unit}`,
      {
        hint: `${description.meaning}; check the unit.`,
        details: {
          set: set.name,
          parameter: name,
          found: value,
          allowed: [min, max],
          unit: description.unit,
        },
      },
    );
  }
  return value;
}
