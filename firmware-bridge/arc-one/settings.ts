import { z } from 'zod';
import { quantity } from '../../src/quantity-schema.ts';
import { arraySettings } from '../permitted-array.ts';
import { numberProfiles } from './number-profile.ts';

/** Codes that the board knows things by. */
export const readModeCodes = { classic: 0, tia: 1, tia4p: 2 } as const;

/** In place of `tia4p` while the read voltage is negative. */
export const negativeTia4pCode = 3;

/** The one voltage at which a classic read works. */
export const classicReadVolts = 0.5;

export const sessionCodes = { local: 0, external: 1 } as const;

/** Series resistors of FormFinder, ohm; 0 is none. */
export const seriesResistorCodes = new Map([
  [1e3, 1],
  [1e4, 2],
  [1e5, 3],
  [1e6, 4],
  [0, 7],
]);

const seconds = quantity('time').refine((value) => value > 0 && value <= 60, 'expected a time up to 60 s');

/** What a lab says of its ArC ONE, under `controller.board`. docs/controllers/arc-one.md explains every field. */
export const arcOneSettingsSchema = z
  .strictObject({
    ...arraySettings,
    numbers: z.enum(numberProfiles).default('repr').meta({ description: 'format of numbers on the wire' }),
    firmware: z
      .enum(['current', 'old'])
      .default('current')
      .meta({ description: 'old: no version, job 14 in place of 141, other code for floating lines' }),
    session: z.enum(['local', 'external']).default('local'),
    readMode: z.enum(['classic', 'tia', 'tia4p']).default('tia4p'),
    cycles: z.number().int().min(1).max(10_000).default(50).meta({ description: 'samples in one read' }),
    readWidth: quantity('time')
      .default(1e-5)
      .meta({ description: 'time that one read keeps its voltage on the cell; measure it' }),
    third: z
      .enum(['all-lines', 'textbook'])
      .default('all-lines')
      .meta({ description: 'V/3: unselected bit lines at V/3 (the manual) or 2V/3 (the textbook)' }),
    convergeOnBoard: z
      .boolean()
      .default(true)
      .meta({ description: 'run converge-to-state as job 21 where its parameters fit' }),
    convergeWidthStep: z.enum(['unknown', 'of-previous']).default('unknown').meta({
      description: 'whether the width step of job 21 is known to be a fraction of the previous width',
    }),
    curveWidthOffset: quantity('time')
      .default(2e-3)
      .meta({ description: 'time that CurveTracer is believed to add to every step' }),
    enduranceInterpulse: z
      .enum(['seconds', 'milliseconds'])
      .default('seconds')
      .meta({ description: 'unit of the rest between the pulses of Endurance on the wire' }),
    pace: z
      .strictObject({
        bytes: z.number().int().min(16).max(4096).default(64),
        rest: quantity('time').default(1e-2),
      })
      .prefault({})
      .meta({
        description: 'longer requests go out in pieces with a rest between, to spare the input buffer',
      }),
    timeouts: z
      .strictObject({
        answer: seconds.default(2).meta({ description: 'for an answer, beside the time that the act takes' }),
        start: seconds.default(7).meta({ description: 'for the board to say that it is ready' }),
        settle: quantity('time').default(2).meta({ description: 'rest after a reset' }),
      })
      .prefault({}),
  })
  .meta({ title: 'ArC ONE' });

/** Checked settings, SI units. */
export type ArcOneSettings = z.output<typeof arcOneSettingsSchema>;
