import { z } from 'zod';
import { baudRate } from './settings.ts';

/** How the virtual instruments of a bench behave, under `controller.virtual` of a lab. */
export const virtualSettingsSchema = z
  .strictObject({
    realTime: z
      .boolean()
      .default(false)
      .meta({ description: 'let pulses, relays and bytes take their time' }),
    baudRate: baudRate.default(9600).meta({ description: 'pace of answers, with realTime' }),
    inputBytes: z.number().int().min(1).max(1_000_000).default(4096).meta({
      description: 'input buffer; what comes when it is full is lost',
    }),
  })
  .meta({ title: 'virtual bench' });

/** Checked settings. */
export type VirtualSettings = z.output<typeof virtualSettingsSchema>;
