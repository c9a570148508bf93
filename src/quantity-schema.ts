import { z } from 'zod';
import { OhmloomError } from './errors.ts';
import { parseQuantity, type QuantityKind } from './quantity.ts';

/**
 * A configuration value such as `"100 ns"`: a string with its unit, read as an SI number.
 *
 * @example
 * quantity('time').parse('100 ns'); // 1e-7
 */
export function quantity(kind: QuantityKind) {
  return z
    .string({ error: `expected a string with its unit, such as ${exampleOf(kind)}` })
    .meta({ unit: kind, examples: [exampleOf(kind)] })
    .transform((text, context) => {
      try {
        return parseQuantity(text, kind);
      } catch (error) {
        if (!(error instanceof OhmloomError)) {
          throw error;
        }
        context.addIssue({ code: 'custom', message: error.message, input: text });
        return z.NEVER;
      }
    });
}

const examples: Record<QuantityKind, string> = {
  voltage: '1.2 V',
  current: '100 uA',
  resistance: '10 kohm',
  conductance: '50 uS',
  time: '100 ns',
  energy: '10 pJ',
  charge: '1 pC',
  capacitance: '10 fF',
  temperature: '300 K',
  frequency: '1 MHz',
};

function exampleOf(kind: QuantityKind): string {
  return `"${examples[kind]}"`;
}
