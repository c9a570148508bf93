import { z } from 'zod';

/** What the settings of all virtual boards have in common: fields of `controller.virtual`. */
export const boardTiming = {
  realTime: z
    .boolean()
    .default(false)
    .meta({ description: 'let pulses, rests, relays and bytes take their time' }),
  inputBytes: z.number().int().min(1).max(1_000_000).default(4096).meta({
    description: 'input buffer; what comes when it is full is lost',
  }),
};
