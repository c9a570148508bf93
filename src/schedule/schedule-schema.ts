import { z } from 'zod';
import { type BiasName, biasSchemes, isSameScheme } from '../array/bias.ts';
import { closedObject } from './schema-issue.ts';

const finite = z.number('a finite number');
const positive = z.number('a finite number above 0').positive('a finite number above 0');
const count = z.int('an integer of 0 or more').min(0, 'an integer of 0 or more');
const lineCount = z
  .int('an integer from 1 to 65536')
  .min(1, 'an integer from 1 to 65536')
  .max(65_536, 'an integer from 1 to 65536');

/** Names stand in text, VCD and CSV as they are, so they hold nothing that these would have to quote. */
const name = z
  .string('a name')
  .regex(/^[\w.+-]{1,64}$/u, 'a name of up to 64 letters, digits and the signs . + - _');

const cell = closedObject({ word: count, bit: count });

const biasNames = ['half', 'third', 'grounded'] as const satisfies readonly BiasName[];

const biasScheme = closedObject({
  name,
  selectedWord: finite,
  selectedBit: finite,
  unselectedWord: finite,
  unselectedBit: finite,
})
  .refine(
    (scheme) => Math.abs(scheme.selectedWord - scheme.selectedBit - 1) <= 1e-12,
    'selectedWord - selectedBit to be 1',
  )
  .refine(
    (scheme) => {
      const named = Object.values(biasSchemes).find((known) => known.name === scheme.name);
      return named === undefined || isSameScheme(named, scheme);
    },
    `a name other than ${biasNames.join(', ')} for fractions of your own`,
  );

const bias = z.union([z.enum(biasNames), biasScheme], {
  error: `${biasNames.join(', ')}, or an object with name, selectedWord, selectedBit, unselectedWord, unselectedBit`,
});

const cells = z.array(cell, 'a list of cells').min(1, 'at least one cell');
const voltages = z.array(finite, 'a list of voltages');

const pulse = closedObject({ kind: z.literal('pulse'), cell, volts: finite, width: positive, bias });

const read = closedObject({ kind: z.literal('read'), cells, volts: finite, width: positive, bias });

const wait = closedObject({ kind: z.literal('wait'), seconds: positive });

const frame = closedObject({
  kind: z.literal('frame'),
  wordVolts: voltages,
  bitVolts: voltages,
  width: positive,
  sense: z.boolean('true or false'),
});

const envelope = closedObject({
  pulses: z.array(closedObject({ volts: finite, width: positive }), 'a list of pulses'),
  maxPulses: count,
  maxReads: count.min(1, 'an integer of 1 or more'),
}).refine((value) => value.maxPulses === 0 || value.pulses.length > 0, {
  path: ['pulses'],
  message: 'at least one pulse where maxPulses is above 0',
});

const programVerify = closedObject({
  kind: z.literal('programVerify'),
  cells,
  targets: z.array(positive, 'a list of conductances'),
  tolerance: positive,
  policy: closedObject({ name, parameters: z.record(z.string(), z.unknown(), 'an object') }),
  read: closedObject({ volts: finite, width: positive, bias }),
  bias,
  envelope,
});

/** The kinds of operation, as they stand in a file. */
export const operationSchema = z.discriminatedUnion('kind', [pulse, read, wait, frame, programVerify], {
  error: 'an operation of kind pulse, read, wait, frame or programVerify',
});

/** A schedule as it stands in a file. What depends on the size of the array is checked by `parseSchedule`. */
export const scheduleSchema = closedObject({
  format: z.literal('ohmloom-schedule'),
  version: z.literal(1),
  geometry: closedObject({ wordLines: lineCount, bitLines: lineCount }),
  operations: z.array(operationSchema, 'a list of operations'),
});
