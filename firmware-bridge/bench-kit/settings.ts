import { z } from 'zod';
import { quantity } from '../../src/quantity-schema.ts';
import { arraySettings } from '../permitted-array.ts';

/** Source ranges that both families have, volt. */
export const sourceRanges = [0.2, 2, 20] as const;

/** Source-measure units that there is a driver for. */
export const sourceKinds = ['keithley-2400', 'keithley-2600'] as const;

/** Pace of a line of RS-232. */
const baudRates = [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200] as const;

export const baudRate = z.literal(baudRates);

const answer = quantity('time')
  .refine((value) => value > 0 && value <= 60, 'expected a time up to 60 s')
  .default(2)
  .meta({ description: 'longest wait for an answer, beside the time that the act takes' });

/** What a lab says of its source-measure unit. */
export const sourceSettingsSchema = z.strictObject({
  kind: z.enum(sourceKinds),
  range: quantity('voltage')
    .refine(
      (volts) => sourceRanges.some((range) => range === volts),
      `expected one of ${sourceRanges.join(', ')} V`,
    )
    .meta({ description: 'source range, which stays fixed' }),
  currentLimit: quantity('current')
    .refine((amperes) => amperes >= 1e-8 && amperes <= 1, 'expected 10 nA to 1 A')
    .meta({ description: 'compliance and measuring range; a smaller one of the array goes first' }),
  whenLimited: z.enum(['stop', 'accept']).default('stop').meta({
    description:
      'what a pulse does that reaches the current limit: end the run, or count as made and be marked',
  }),
  powerLineCycles: z
    .number()
    .min(0.01)
    .max(10)
    .default(0.1)
    .meta({ description: 'length of one measurement' }),
  lineFrequency: z.literal([50, 60]).default(50),
  overhead: quantity('time').default(1e-3).meta({
    description: '2400 only: longest time for which a voltage stays on beside delay and measurement',
  }),
  answer,
});

/** Checked settings of a source-measure unit, SI units. */
export type SourceSettings = z.output<typeof sourceSettingsSchema>;

const slots = 5;
const columnsPerSlot = 8;
const rows = 6;
const line = z
  .number()
  .int()
  .min(1)
  .max(slots * columnsPerSlot);
const row = z.number().int().min(1).max(rows);

/** What a lab says of its relay matrix: a Keithley 2700 or 2750 with 7709 cards. */
export const matrixSettingsSchema = z
  .strictObject({
    port: z.string().optional().meta({ description: 'serial port of the switch system' }),
    baudRate: baudRate.default(9600),
    slots: z.array(z.number().int().min(1).max(slots)).min(1).max(slots).default([1]).meta({
      description:
        'slots of the cards, whose rows are wired together; columns are counted on from card to card',
    }),
    rows: z
      .strictObject({ high: row, low: row })
      .default({ high: 1, low: 2 })
      .meta({ description: 'rows that the terminals of the source-measure unit are on' }),
    wordColumns: z.array(line).min(1).meta({ description: 'column of each word line, from 1' }),
    bitColumns: z.array(line).min(1).meta({ description: 'column of each bit line, from 1' }),
    settle: quantity('time').default(1e-2).meta({ description: 'rest after relays have moved' }),
    answer,
  })
  .refine(({ rows: { high, low } }) => high !== low, {
    path: ['rows'],
    message: 'expected two different rows',
  })
  .refine(
    ({ wordColumns, bitColumns }) =>
      new Set([...wordColumns, ...bitColumns]).size === wordColumns.length + bitColumns.length,
    {
      path: ['bitColumns'],
      message: 'expected columns that occur once',
    },
  )
  .refine(
    ({ slots: cards, wordColumns, bitColumns }) =>
      Math.max(...wordColumns, ...bitColumns) <= columnsPerSlot * cards.length,
    { path: ['slots'], message: 'expected a card for every column' },
  );

/** Checked settings of a relay matrix, SI units. */
export type MatrixSettings = z.output<typeof matrixSettingsSchema>;

/** What a lab says of its bench, under `controller.board`. docs/controllers/bench-kit.md explains the fields. */
export const benchKitSettingsSchema = z
  .strictObject({ ...arraySettings, source: sourceSettingsSchema, matrix: matrixSettingsSchema })
  .meta({ title: 'bench kit' });

/** Checked settings, SI units. */
export type BenchKitSettings = z.output<typeof benchKitSettingsSchema>;
