import { canonicalValue } from '../schedule/canonical-value.ts';

/**
 * Write plain data as JSON with the keys of every object sorted, so that equal data give equal bytes. Keys whose
 * value is undefined are left out, as JSON.stringify does; a number that is not finite is an error, where
 * JSON.stringify would write `null`.
 *
 * @param name - how to call the document in an error
 * @param indent - spaces a level; without it the text is one line
 * @throws ScheduleError for anything but plain finite data
 * @example
 * stableJson({ b: 1, a: [true] }, 'manifest.json'); // '{"a":[true],"b":1}'
 */
export function stableJson(value: unknown, name: string, indent?: number): string {
  return JSON.stringify(canonicalValue(value, name), null, indent);
}
