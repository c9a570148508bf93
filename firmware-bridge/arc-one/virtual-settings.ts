import { z } from 'zod';
import { quantity } from '../../src/quantity-schema.ts';
import { boardTiming } from '../virtual/board-timing.ts';

/** What a board may do with what it does not understand; the real one's choice is not public. */
export const misbehaviours = ['ignore', 'hang', 'reset'] as const;

const misbehaviour = z.enum(misbehaviours);

/** How the virtual ArC ONE behaves, under `controller.virtual` of a lab. */
export const virtualSettingsSchema = z
  .strictObject({
    ...boardTiming,
    firmware: z.enum(['current', 'old']).default('current'),
    version: z
      .strictObject({ major: z.number().int().min(0).max(99), minor: z.number().int().min(0).max(99) })
      .default({ major: 1, minor: 2 }),
    lineEnd: z.enum(['lf', 'crlf']).default('lf').meta({ description: 'end of its lines of text' }),
    unknownJob: misbehaviour.default('ignore'),
    badValue: misbehaviour
      .default('ignore')
      .meta({ description: 'a token that is no number or out of range' }),
    abort: z
      .enum(['anywhere', 'between-jobs'])
      .default('anywhere')
      .meta({ description: 'where a reset is seen' }),
    latency: quantity('time').default(0).meta({ description: 'before each answer, with realTime' }),
    baudRate: z
      .number()
      .int()
      .min(1)
      .default(921_600)
      .meta({ description: 'pace of answers, with realTime' }),
    mostPoints: z.number().int().min(1).max(1_000_000).default(100_000).meta({
      description: 'points after which a job ends, whatever it was told',
    }),
  })
  .meta({ title: 'virtual ArC ONE' });

/** Checked settings, SI units. */
export type VirtualSettings = z.output<typeof virtualSettingsSchema>;
