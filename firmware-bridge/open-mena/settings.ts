import { z } from 'zod';
import { quantity } from '../../src/quantity-schema.ts';
import { arraySettings } from '../permitted-array.ts';

const seconds = quantity('time').refine((value) => value > 0 && value <= 60, 'expected a time up to 60 s');

/** What a lab says of its OpenMENA board, under `controller.board`. docs/controllers/open-mena.md explains the fields. */
export const openMenaSettingsSchema = z
  .strictObject({
    ...arraySettings,
    senseResistor: quantity('resistance')
      .refine((ohms) => ohms > 0, 'expected a resistance above 0')
      .meta({
        description:
          'between each bit line and virtual ground, as it is soldered; the schematic leaves it open',
      }),
    gain: z
      .number()
      .min(1)
      .max(1000)
      .meta({ description: 'of the instrumentation amplifiers, by their resistor' }),
    adcReference: quantity('voltage').default(3.3),
    largestLoading: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.1)
      .meta({ description: 'largest part of the read voltage that may be lost over the sense resistor' }),
    timeouts: z
      .strictObject({
        answer: seconds.default(1).meta({ description: 'for an answer, beside the time that the act takes' }),
        start: quantity('time')
          .default(2)
          .meta({ description: 'rest after connecting, in which the board may restart' }),
      })
      .prefault({}),
  })
  .meta({ title: 'OpenMENA' });

/** Checked settings, SI units. */
export type OpenMenaSettings = z.output<typeof openMenaSettingsSchema>;
