import { z } from 'zod';
import { boardTiming } from '../virtual/board-timing.ts';

/** How the virtual OpenMENA behaves, under `controller.virtual` of a lab. */
export const virtualSettingsSchema = z
  .strictObject({
    ...boardTiming,
    boot: z.boolean().default(true).meta({ description: 'say the boot text when it is switched on' }),
  })
  .meta({ title: 'virtual OpenMENA' });

/** Checked settings. */
export type VirtualSettings = z.output<typeof virtualSettingsSchema>;
