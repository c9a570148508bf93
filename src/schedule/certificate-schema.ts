import { z } from 'zod';
import { ScheduleError } from '../errors.ts';
import type { Certificate } from './safe-operating-area.ts';
import { closedObject, fieldName, firstIssue } from './schema-issue.ts';

const finite = z.number('a finite number');
const digest = z.string('a digest').regex(/^[0-9a-f]{64}$/u, 'a SHA-256 of 64 hex digits');

/** A certificate as it stands in a run folder. */
export const certificateSchema = closedObject({
  format: z.literal('ohmloom-certificate'),
  version: z.literal(1),
  scheduleDigest: digest,
  safeOperatingAreaDigest: digest,
  driverDigest: digest,
  limits: z.array(
    closedObject({
      limit: z.string('a name'),
      unit: z.string('a unit'),
      allowed: finite,
      worst: finite,
      margin: finite.min(0, 'a margin of 0 or more'),
      operation: z.int('an integer').min(0, 'an integer of 0 or more').nullable(),
    }),
    'a list of limits',
  ),
});

/**
 * Check that a value from anywhere is a certificate, and copy it.
 *
 * @throws ScheduleError naming the field, what was found and what is allowed
 */
export function parseCertificate(value: unknown): Certificate {
  const result = certificateSchema.safeParse(value);
  if (!result.success) {
    const { path, found, allowed } = firstIssue(result.error, value);
    const field = fieldName(path);
    throw new ScheduleError('certificate', `certificate, ${field}: found ${found}, expected ${allowed}`, {
      details: { field, found, allowed },
    });
  }
  return result.data;
}
