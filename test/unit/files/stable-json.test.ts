import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScheduleError } from '../../../src/errors.ts';
import { stableJson } from '../../../src/files/stable-json.ts';

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, child]) => [key, reversed(child)]),
    );
  }
  return value;
}

describe('stable JSON', () => {
  test('sorts the keys at every level and leaves lists alone', () => {
    expect(stableJson({ b: { y: 1, x: [3, 1, 2] }, a: null, u: undefined }, 'x')).toBe(
      '{"a":null,"b":{"x":[3,1,2],"y":1}}',
    );
  });

  test('is JSON, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = stableJson(value, 'x');
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(stableJson(reversed(value), 'x')).toBe(text);
      }),
    );
  });

  test.each([
    [{ a: [0, Number.NaN] }, 'run.json, a[1]: found NaN, expected a finite number'],
    [{ a: Number.POSITIVE_INFINITY }, 'run.json, a: found Infinity'],
    [{ a: new Float64Array(1) }, 'run.json, a: found an object, expected plain objects'],
    [{ a: () => 1 }, 'run.json, a: found a function'],
    [1n, 'run.json: found a bigint'],
  ])('refuses %o', (value, message) => {
    expect(() => stableJson(value, 'run.json')).toThrow(ScheduleError);
    expect(() => stableJson(value, 'run.json')).toThrow(message);
  });

  test('refuses a cycle instead of overflowing', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => stableJson(cycle, 'x')).toThrow('expected at most 32 levels');
  });
});
