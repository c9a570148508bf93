import { fieldError } from './field-error.ts';
import { describeValue } from './schema-issue.ts';

/** Data without behaviour: what JSON can hold, numbers finite. */
export type PlainValue =
  null | boolean | number | string | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** Deeper than any schedule; bounds the recursion over values that come from outside. */
const maxDepth = 32;

/** With the `u` flag a surrogate that has its partner is not a match. */
const loneSurrogate = /\p{Surrogate}/u;

/**
 * Copy a value into the one form that its digest speaks of: keys in UTF-16 order, members that are undefined left
 * out, -0 written as 0. Each property is read once, so the copy cannot change when the original does.
 *
 * @param subject - how to name the value in an error
 * @throws ScheduleError for NaN, an infinity, a text that is not Unicode, or anything that is not plain data
 * @example
 * canonicalValue({ b: -0, a: undefined }); // { b: 0 }
 */
export function canonicalValue(value: unknown, subject = 'value'): PlainValue {
  return copy(value, { subject, path: [] });
}

interface Place {
  readonly subject: string;
  /** Grows and shrinks during the walk, so that a path costs nothing where there is no error. */
  readonly path: PropertyKey[];
}

function copy(value: unknown, place: Place): PlainValue {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      throw refusal(place, value, 'a finite number');
    }
    return value === 0 ? 0 : value;
  }
  if (typeof value === 'string') {
    if (loneSurrogate.test(value)) {
      throw refusal(place, value, 'text in well-formed Unicode');
    }
    return value;
  }
  if (typeof value === 'boolean' || value === null) {
    return value;
  }
  if (typeof value !== 'object') {
    throw refusal(place, value, 'plain data');
  }
  return copyNested(value, place);
}

function copyNested(value: object, place: Place): PlainValue {
  if (place.path.length >= maxDepth) {
    throw refusal(place, value, `at most ${maxDepth} levels`);
  }
  if (Array.isArray(value)) {
    return Array.from(value, (item: unknown, position) => copyAt(position, item, place));
  }
  if (!isPlainObject(value)) {
    throw refusal(place, value, 'plain objects, lists, numbers, text, true, false or null');
  }
  const result: Record<string, PlainValue> = {};
  for (const key of sortedKeys(value)) {
    if (key === '__proto__' || loneSurrogate.test(key)) {
      throw refusal(place, key, 'another key');
    }
    const member = value[key];
    if (member !== undefined) {
      result[key] = copyAt(key, member, place);
    }
  }
  return result;
}

function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Most objects come in order, and then sorting would be most of the work. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  return keys.every((key, position) => position === 0 || keys[position - 1]! < key) ? keys : keys.sort();
}

function copyAt(key: PropertyKey, value: unknown, place: Place): PlainValue {
  place.path.push(key);
  const result = copy(value, place);
  place.path.pop();
  return result;
}

function refusal(place: Place, found: unknown, allowed: string) {
  return fieldError(place.subject, place.path, describeValue(found), allowed);
}
