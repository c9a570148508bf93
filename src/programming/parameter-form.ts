import { z } from 'zod';
import { quantity } from '../quantity-schema.ts';

/**
 * How a policy's parameters are written down. The same list of fields is read from a configuration, where
 * numbers carry their unit ("100 ns"), and from a schedule, where they are plain SI numbers.
 */
export interface ParameterForm {
  /** A magnitude above 0 V. */
  readonly volts: z.ZodType<number>;
  /** A voltage of either sign. */
  readonly signedVolts: z.ZodType<number>;
  /** A time above 0 s. */
  readonly seconds: z.ZodType<number>;
  /** A positive pure number. */
  readonly ratio: z.ZodType<number>;
  /** A positive integer. */
  readonly count: z.ZodType<number>;
}

const positive = 'expected a value above 0';

const pure = {
  ratio: z.number().positive(positive),
  count: z.number().int().positive(positive).max(1_000_000),
};

/** Strings with units, as in a configuration file. */
export const configForm: ParameterForm = {
  volts: quantity('voltage').refine((value) => value > 0, positive),
  signedVolts: quantity('voltage'),
  seconds: quantity('time').refine((value) => value > 0, positive),
  ...pure,
};

/** Plain SI numbers, as in a schedule. */
export const siForm: ParameterForm = {
  volts: z.number().positive(positive),
  signedVolts: z.number(),
  seconds: z.number().positive(positive),
  ...pure,
};
