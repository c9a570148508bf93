import { z } from 'zod';
import { quantity } from '../../src/quantity-schema.ts';
import { virtualSettingsSchema as benchSchema } from '../bench-kit/virtual-settings.ts';

/** How the virtual DiCo and the source beside it behave, under `controller.virtual` of a lab. */
export const virtualSettingsSchema = benchSchema
  .extend({
    threshold: quantity('voltage')
      .default(1)
      .meta({ description: 'gate voltage above which a transistor is on' }),
  })
  .meta({ title: 'virtual ArC DiCo' });

/** Checked settings, SI units. */
export type VirtualSettings = z.output<typeof virtualSettingsSchema>;
