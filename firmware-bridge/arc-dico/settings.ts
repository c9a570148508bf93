import { z } from 'zod';
import { quantity } from '../../src/quantity-schema.ts';
import { baudRate, sourceSettingsSchema } from '../bench-kit/settings.ts';
import { arraySettings } from '../permitted-array.ts';
import { pinCount } from './pins.ts';

/** What a lab says of its DiCo and the source-measure unit beside it, under `controller.board`. */
export const arcDicoSettingsSchema = z
  .strictObject({
    ...arraySettings,
    gates: z
      .strictObject({
        pins: z
          .array(
            z
              .number()
              .int()
              .min(0)
              .max(pinCount - 1),
          )
          .min(1)
          .max(pinCount)
          .refine((pins) => new Set(pins).size === pins.length, 'expected pins that occur once')
          .meta({ description: 'pin of the gate of each word line, 0 to 31' }),
        voltage: quantity('voltage').meta({
          description: 'of the gate that is on; it sets what current the transistor lets through',
        }),
        highest: quantity('voltage').meta({ description: 'that the gates may ever see' }),
        settle: quantity('time')
          .default(1e-2)
          .meta({ description: 'rest after gates were told another voltage' }),
      })
      .refine(({ voltage, highest }) => voltage > 0 && voltage <= highest, {
        path: ['voltage'],
        message: 'expected a voltage above 0 and up to `highest`',
      }),
    source: sourceSettingsSchema.extend({
      port: z.string().optional().meta({ description: 'serial port of the source-measure unit' }),
      baudRate: baudRate.default(9600),
    }),
    answer: quantity('time')
      .refine((value) => value > 0 && value <= 60, 'expected a time up to 60 s')
      .default(0.5)
      .meta({ description: 'longest wait for an answer of the DiCo' }),
  })
  .meta({ title: 'ArC DiCo' });

/** Checked settings, SI units. */
export type ArcDicoSettings = z.output<typeof arcDicoSettingsSchema>;
