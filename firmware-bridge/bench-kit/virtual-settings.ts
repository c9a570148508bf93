import { z } from 'zod';
import { boardTiming } from '../virtual/board-timing.ts';
import { baudRate } from './settings.ts';

/** How the virtual instruments of a bench behave, under `controller.virtual` of a lab. */
export const virtualSettingsSchema = z
  .strictObject({
    ...boardTiming,
    baudRate: baudRate.default(9600).meta({ description: 'pace of answers, with realTime' }),
  })
  .meta({ title: 'virtual bench' });

/** Checked settings. */
export type VirtualSettings = z.output<typeof virtualSettingsSchema>;
