import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantity } from '../../src/quantity-schema.ts';
import { formatQuantity, parseQuantity, type QuantityKind } from '../../src/quantity.ts';

describe('reading', () => {
  test.each([
    ['100 ns', 'time', 1e-7],
    ['0.1us', 'time', 1e-7],
    ['100 \u00b5s', 'time', 1e-4],
    ['100 \u03bcs', 'time', 1e-4],
    ['-1.2V', 'voltage', -1.2],
    ['+.5 mV', 'voltage', 5e-4],
    ['4.7 k\u03a9', 'resistance', 4700],
    ['4.7 k\u2126', 'resistance', 4700],
    ['10 Mohm', 'resistance', 1e7],
    ['1e-3 mS', 'conductance', 1e-6],
    ['90 ns', 'time', 9e-8],
  ] as const)('%s is a %s of %s', (text, kind, value) => {
    expect(parseQuantity(text, kind)).toBe(value);
  });

  test.each([
    ['10', 'voltage'],
    ['10k', 'resistance'],
    ['1meg', 'resistance'],
    ['1MEGohm', 'resistance'],
    ['100 ns', 'voltage'],
    ['1e999 V', 'voltage'],
    ['NaN V', 'voltage'],
    ['Infinity V', 'voltage'],
    ['', 'time'],
    ['V', 'voltage'],
    ['0x10 V', 'voltage'],
    ['1,5 V', 'voltage'],
    ['1 V 2', 'voltage'],
    ['3.3mVolts', 'voltage'],
    ['1 v', 'voltage'],
  ] as const)('%s is refused as a %s', (text, kind) => {
    expect(() => parseQuantity(text, kind, '--flag')).toThrow(/^--flag: found ".*", expected /);
  });
});

describe('writing', () => {
  test.each([
    [1e-7, 'time', '100 ns'],
    [9e-8, 'time', '90 ns'],
    [-1.2, 'voltage', '-1.2 V'],
    [0, 'voltage', '0 V'],
    [12_345, 'resistance', '12.345 kohm'],
    [1e-19, 'charge', '1e-4 fC'],
    [2.5e13, 'resistance', '25000 Gohm'],
  ] as const)('%s as a %s is %s', (value, kind, text) => {
    expect(formatQuantity(value, kind)).toBe(text);
  });

  test('three digits are enough for people', () => {
    expect(formatQuantity(Math.PI * 1e-6, 'current', 3)).toBe('3.14 uA');
  });

  test('what is written reads back as the same double', () => {
    const kinds: QuantityKind[] = ['voltage', 'time', 'resistance', 'energy'];
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 });
    fc.assert(
      fc.property(finite, fc.constantFrom(...kinds), (value, kind) => {
        expect(parseQuantity(formatQuantity(value, kind), kind)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

test('a schema takes strings with a unit and nothing else', () => {
  const time = quantity('time');
  expect(time.parse('100 ns')).toBe(1e-7);
  expect(time.safeParse('100').error?.issues[0]?.message).toContain('expected the unit s');
  expect(time.safeParse(1e-7).error?.issues[0]?.message).toContain('expected a string with its unit');
});
