import { ScheduleError } from '../errors.ts';
import { fieldName } from './schema-issue.ts';

/**
 * The one error for a value that is not what its field takes.
 *
 * @param subject - what the value is a part of, such as `schedule`
 * @param path - keys from the subject to the field
 */
export function fieldError(
  subject: string,
  path: readonly PropertyKey[],
  found: string,
  allowed: string,
): ScheduleError {
  const [list, position] = path;
  const operation = list === 'operations' && typeof position === 'number' ? position : undefined;
  const field = fieldName(operation === undefined ? path : path.slice(2));
  const where = [subject, operation === undefined ? '' : `operation ${operation}`, field]
    .filter((part) => part !== '')
    .join(', ');
  return new ScheduleError('schedule-field', `${where}: found ${found}, expected ${allowed}`, {
    details: { ...(operation === undefined ? {} : { operation }), field, found, allowed },
  });
}
