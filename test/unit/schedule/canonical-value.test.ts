import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalValue } from '../../../src/schedule/canonical-value.ts';
import { anySchedule } from './arbitraries.ts';

describe('canonicalValue', () => {
  test('sorts keys, leaves out undefined members and writes -0 as 0', () => {
    const value = canonicalValue({ b: [-0, { d: 1, c: 'x' }], a: undefined, A: null });
    expect(JSON.stringify(value)).toBe('{"A":null,"b":[0,{"c":"x","d":1}]}');
    expect(Object.is(canonicalValue(-0), 0)).toBe(true);
  });

  test('does not change anything that is canonical', () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        const once = canonicalValue(schedule);
        expect(canonicalValue(once)).toEqual(once);
        expect(once).toEqual(schedule);
      }),
    );
  });

  test('copies: what happens to the original later does not show', () => {
    const original = { list: [1, { deep: 2 }] };
    const copy = canonicalValue(original);
    original.list[0] = 7;
    Object.assign(Object(original.list[1]), { deep: 7 });
    expect(copy).toEqual({ list: [1, { deep: 2 }] });
  });

  test('reads a property once, so a getter cannot show two faces', () => {
    let reads = 0;
    const shifty = {
      get volts() {
        reads += 1;
        return reads;
      },
    };
    expect(canonicalValue(shifty)).toEqual({ volts: 1 });
    expect(reads).toBe(1);
  });

  test.each([
    ['NaN', Number.NaN, 'found NaN, expected a finite number'],
    ['Infinity', Number.POSITIVE_INFINITY, 'found Infinity, expected a finite number'],
    ['a bigint', 1n, 'found a bigint, expected plain data'],
    ['a function', () => 1, 'found a function, expected plain data'],
    ['a typed array', new Float64Array(2), 'found an object, expected plain objects'],
    ['a date', new Date(0), 'found an object, expected plain objects'],
    ['a map', new Map(), 'found an object, expected plain objects'],
    ['half of a surrogate pair', 'a\ud800', 'found "a\\ud800", expected text in well-formed Unicode'],
  ])('refuses %s and says where', (_, found, message) => {
    expect(() => canonicalValue({ operations: [0, { kind: 'x', deep: [found] }] }, 'schedule')).toThrow(
      `schedule, operation 1, deep[0]: ${message}`,
    );
  });

  test('refuses a list with holes, the key __proto__ and endless nesting', () => {
    expect(() => canonicalValue([1, undefined])).toThrow('[1]: found nothing, expected plain data');
    expect(() => canonicalValue(JSON.parse('{"__proto__": 1}'))).toThrow('expected another key');
    const ring: unknown[] = [];
    ring.push(ring);
    expect(() => canonicalValue(ring)).toThrow('expected at most 32 levels');
  });
});
