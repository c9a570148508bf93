import { Packr } from 'msgpackr';
import { canonicalValue } from './canonical-value.ts';

/**
 * Write a value as MessagePack in its one canonical form: no extension types, keys in order, the shortest headers.
 *
 * @param subject - how to name the value in an error
 * @throws ScheduleError when the value is not plain, finite data
 * @example
 * canonicalBytes({ b: 1, a: 2 }); // 82 a1 61 02 a1 62 01
 */
export function canonicalBytes(value: unknown, subject?: string): Uint8Array {
  const packr = new Packr({ useRecords: false, variableMapSize: true });
  return Uint8Array.from(packr.pack(canonicalValue(value, subject)));
}
