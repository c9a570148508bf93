import type { z } from 'zod';
import { describeValue } from '../schedule/schema-issue.ts';
import type { ConfigIssue, ConfigPath } from './config-issue.ts';

/** A complaint of a schema in the words of ohmloom: what stands at a path, and what may stand there. */
export type SchemaIssue = Pick<ConfigIssue, 'path' | 'found' | 'allowed'> & {
  /** The key that no schema knows. */
  readonly unknownKey?: string;
};

/**
 * Restate what a zod schema has against a value. An unknown key becomes an issue of its own; of a union, the
 * alternative that came nearest speaks.
 *
 * @param value - what was checked
 * @example
 * const result = schema.safeParse(value);
 * if (!result.success) restateIssues(result.error.issues, value);
 */
export function restateIssues(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  base: ConfigPath = [],
): SchemaIssue[] {
  return issues.flatMap((issue) => restateIssue(issue, value, [...base, ...issue.path.map(pathPart)]));
}

function restateIssue(issue: z.core.$ZodIssue, value: unknown, path: ConfigPath): SchemaIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      found: `the unknown key "${key}"`,
      allowed: 'a known key',
      unknownKey: key,
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const alternatives = issue.errors.map((errors) => restateIssues(errors, value, path));
    const nearest = alternatives.filter((found) =>
      found.every(({ path: deep }) => deep.length > path.length),
    );
    if (nearest.length === 1 && nearest[0] !== undefined) {
      return nearest[0];
    }
    const allowed = [...new Set(alternatives.flat().map((alternative) => alternative.allowed))];
    return [{ path, found: describeValue(valueAt(value, path)), allowed: allowed.join(', or ') }];
  }
  return [restateMessage(issue, valueAt(value, path), path)];
}

/** zod says "Too small: expected number to be >=1"; a message of our own may also say what it found. */
function restateMessage(issue: z.core.$ZodIssue, value: unknown, path: ConfigPath): SchemaIssue {
  const own = /^(?:.*?: )?found (?<found>.*), expected (?<allowed>.*)$/su.exec(issue.message)?.groups;
  if (own?.['found'] !== undefined && own['allowed'] !== undefined) {
    return { path, found: own['found'], allowed: own['allowed'] };
  }
  const unknown = /^Unrecognized keys?: (?<keys>.*)$/u.exec(issue.message)?.groups?.['keys'];
  if (unknown !== undefined) {
    return { path, found: `the unknown key ${unknown}`, allowed: 'a known key' };
  }
  const allowed = issue.message
    .replace(/^[^:"]*: (?=expected )/u, '')
    .replace(/^expected /iu, '')
    .replace(/, received .*$/u, '');
  return { path, found: describeValue(value), allowed };
}

function pathPart(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? String(part) : part;
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) {
      return undefined;
    }
    current = (current as Record<string | number, unknown>)[part];
  }
  return current;
}
