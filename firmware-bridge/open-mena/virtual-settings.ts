import { z } from 'zod';

/** How the virtual OpenMENA behaves, under `controller.virtual` of a lab. */
export const virtualSettingsSchema = z
  .strictObject({
    boot: z.boolean().default(true).meta({ description: 'say the boot text when it is switched on' }),
    realTime: z.boolean().default(false).meta({ description: 'let pulses, reads and bytes take their time' }),
    inputBytes: z.number().int().min(1).max(1_000_000).default(4096).meta({
      description: 'input buffer; what comes when it is full is lost',
    }),
  })
  .meta({ title: 'virtual OpenMENA' });

/** Checked settings. */
export type VirtualSettings = z.output<typeof virtualSettingsSchema>;
