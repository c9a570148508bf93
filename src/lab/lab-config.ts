import { z } from 'zod';
import { configForm } from '../programming/parameter-form.ts';
import { policyTable } from '../programming/policy-table.ts';
import { quantity } from '../quantity-schema.ts';

const fraction = z.number().min(0).max(1);
const lines = z.number().int().min(1).max(65_536);

const spread = z
  .strictObject({
    distribution: z.enum(['normal', 'log-normal', 'uniform']).default('normal'),
    relative: z.number().min(0).max(10),
  })
  .meta({ description: 'relative spread: standard deviation, or half width of a uniform one' });

/** A bias scheme by name, or the fractions of one. */
export const biasSchema = z.union([
  z.enum(['half', 'third', 'grounded']),
  z
    .strictObject({
      name: z.string(),
      selectedWord: z.number(),
      selectedBit: z.number(),
      unselectedWord: z.number(),
      unselectedBit: z.number(),
    })
    .refine(
      ({ selectedWord, selectedBit }) => Math.abs(selectedWord - selectedBit - 1) < 1e-12,
      'selectedWord - selectedBit must be 1: the fractions of the voltage over the selected cell',
    ),
]);

const device = z.strictObject({
  model: z.string().meta({ description: 'a name that `ohmloom devices` lists' }),
  set: z.string().meta({ description: 'a published parameter set, or the path of your own (.json)' }),
  overrides: z
    .record(z.string(), z.number())
    .default({})
    .meta({ description: "parameters that replace published ones, in the set's units" }),
});

const segment = quantity('resistance').default(0);

const array = z.strictObject({
  wordLines: lines.optional(),
  bitLines: lines.optional(),
  initial: z
    .strictObject({
      conductance: quantity('conductance').optional().meta({
        description: 'mean conductance before programming; the middle of the range if it is left out',
      }),
      spread: spread.default({ distribution: 'normal', relative: 0 }),
    })
    .prefault({}),
  wordSegmentResistance: segment.meta({
    description: 'wire between neighbours on a word line, and between its driver and the first cell',
  }),
  bitSegmentResistance: segment.meta({
    description: 'wire between neighbours on a bit line, and between its driver and the last cell',
  }),
  deviceToDevice: z.record(z.string(), spread).default({}),
  cycleToCycle: z.number().min(0).max(10).default(0),
  readNoise: spread.default({ distribution: 'normal', relative: 0 }),
  stuck: z.strictObject({ high: fraction.default(0), low: fraction.default(0) }).prefault({}),
});

const ownSettings = z.record(z.string(), z.unknown()).default({});

const controller = z.strictObject({
  line: z
    .strictObject({
      min: quantity('voltage').default(-10),
      max: quantity('voltage').default(10),
      bits: z.number().int().min(4).max(24).default(16),
      error: quantity('voltage').default(0.002),
      resistance: quantity('resistance').default(0).meta({ description: 'output resistance of the drivers' }),
    })
    .prefault({}),
  timer: z
    .strictObject({
      tick: quantity('time').default(1e-8),
      min: quantity('time').default(5e-8),
      max: quantity('time').default(10),
    })
    .prefault({}),
  gap: quantity('time').default(1e-6).meta({ description: 'rest between one act and the next' }),
  transimpedance: z.array(quantity('resistance')).min(1).default([1e3, 1e4, 1e5]),
  adc: z
    .strictObject({
      bits: z.number().int().min(4).max(24).default(16),
      range: quantity('voltage').default(2.5),
      noise: quantity('voltage').default(0),
    })
    .prefault({}),
  board: ownSettings.meta({ description: 'settings of a real controller; its driver checks them' }),
  virtual: ownSettings.meta({ description: 'how the virtual twin of the controller behaves' }),
});

/** Policy names with their own parameters beside `name`. */
const policy = z.looseObject({ name: z.string() }).transform(({ name, ...parameters }, context) => {
  const policies: Readonly<Record<string, (typeof policyTable)[keyof typeof policyTable]>> = policyTable;
  const found = Object.hasOwn(policies, name) ? policies[name] : undefined;
  if (found === undefined) {
    const message = `found "${name}", expected one of ${Object.keys(policyTable).join(', ')}`;
    context.addIssue({ code: 'custom', message, path: ['name'], input: name });
    return z.NEVER;
  }
  const checked = found.schema(configForm).safeParse(parameters);
  if (!checked.success) {
    for (const { message, path } of checked.error.issues) {
      context.addIssue({ code: 'custom', message, path, input: parameters });
    }
    return z.NEVER;
  }
  const checkedParameters: Readonly<Record<string, unknown>> = { ...checked.data };
  return { name, parameters: checkedParameters };
});

const program = z.strictObject({
  policy,
  tolerance: z.number().positive().max(1).default(0.01),
  passes: z.number().int().min(1).max(100).default(1),
  bias: biasSchema.default('half'),
  range: z
    .strictObject({ min: quantity('conductance'), max: quantity('conductance') })
    .refine(({ min, max }) => min > 0 && min < max, 'min must be above 0 S and below max')
    .optional()
    .meta({ description: "conductances to lay weights out between; the parameter set's if it is left out" }),
});

const read = z
  .strictObject({
    volts: quantity('voltage').optional().meta({
      description: "the parameter set's read voltage if it is left out",
    }),
    width: quantity('time').default(1e-5),
    bias: biasSchema.default('grounded'),
  })
  .prefault({});

/** A lab in a file: the device, the array made of it, the controller, how to program, and the limits. */
export const labSchema = z
  .strictObject({
    device,
    array: array.prefault({}),
    controller: controller.prefault({}),
    read,
    program,
    limits: z.string().meta({
      description: 'path of the safe operating area (ohmloom-soa), relative to this file',
    }),
  })
  .meta({ title: 'ohmloom lab' });

/** Checked configuration, SI units. */
export type LabConfig = z.output<typeof labSchema>;
