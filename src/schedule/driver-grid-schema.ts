import { z } from 'zod';
import { ConfigError } from '../errors.ts';
import type { DriverGrid } from './driver-grid.ts';
import { closedObject, fieldName, firstIssue } from './schema-issue.ts';

const finite = z.number('a finite number');
const positive = z.number('a finite number above 0').positive('a finite number above 0');

/** A controller's grid in SI numbers. 0 V is always a code: it is where lines rest. */
export const driverGridSchema = closedObject({
  minVolts: finite.max(0, '0 V or below'),
  maxVolts: finite.min(0, '0 V or above'),
  stepVolts: positive,
  minWidth: positive,
  maxWidth: positive,
  stepWidth: positive,
  errorVolts: finite.min(0, '0 V or above'),
}).refine((grid) => grid.minWidth <= grid.maxWidth, {
  path: ['maxWidth'],
  message: 'minWidth or longer',
});

/**
 * Check that a value from anywhere is a driver grid, and copy it.
 *
 * @throws ConfigError naming the field, what was found and what is allowed
 * @example
 * parseDriverGrid({
 *   minVolts: -3, maxVolts: 3, stepVolts: 0.01, minWidth: 1e-8, maxWidth: 1, stepWidth: 1e-8, errorVolts: 0.005,
 * });
 */
export function parseDriverGrid(value: unknown): DriverGrid {
  const result = driverGridSchema.safeParse(value);
  if (!result.success) {
    const { path, found, allowed } = firstIssue(result.error, value);
    const field = fieldName(path);
    throw new ConfigError('driver-grid', `driver, ${field}: found ${found}, expected ${allowed}`, {
      details: { field, found, allowed },
    });
  }
  return result.data;
}
