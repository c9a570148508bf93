import { z } from 'zod';

/** The first thing that a schema found wrong, in the words of an error message. */
export interface SchemaIssue {
  readonly path: readonly PropertyKey[];
  readonly found: string;
  readonly allowed: string;
}

/** An object that knows its keys: anything else in it is refused, and the refusal lists them. */
export function closedObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `only the keys ${keys}` : `an object with the keys ${keys}`,
  });
}

/** Where the first issue is, what stands there and what may stand there. */
export function firstIssue(error: z.ZodError, input: unknown): SchemaIssue {
  const issue = error.issues[0]!;
  const found =
    issue.code === 'unrecognized_keys'
      ? `unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`
      : describeValue(valueAt(input, issue.path));
  return { path: issue.path, found, allowed: issue.message };
}

/** `cells[2].word` for the path `['cells', 2, 'word']`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key, position) =>
      typeof key === 'number' ? `[${key}]` : `${position === 0 ? '' : '.'}${String(key)}`,
    )
    .join('');
}

/** A value in a few words, whatever it is. */
export function describeValue(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      return undefined;
    }
    value = Reflect.get(value, key);
  }
  return value;
}
