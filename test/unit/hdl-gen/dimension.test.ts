import { describe, expect, test } from 'vitest';
import {
  dimensionless,
  formatDimension,
  multiply,
  parseUnit,
  raise,
  sameDimension,
} from '../../../hdl-gen/dimension.ts';

describe('a unit text', () => {
  test.each([
    ['V', 'A ohm'],
    ['S', 'ohm^-1'],
    ['W', 'V A'],
    ['J', 'W s'],
    ['J', 'kg m^2 s^-2'],
    ['C', 'A s'],
    ['F', 'C V^-1'],
    ['N', 'J m^-1'],
    ['Hz', 's^-1'],
    ['V', 'kg m^2 s^-3 A^-1'],
    ['1', 'S ohm'],
  ])('%s measures what %s does', (a, b) => {
    expect(sameDimension(parseUnit(a)!, parseUnit(b)!)).toBe(true);
  });

  test.each(['V', 'A', 'S', 'ohm', 'W', 'J', 'C', 'F', 'N', 's', 'm', 'K', '1'])(
    '%s measures nothing else',
    (unit) => {
      const others = ['V', 'A', 'S', 'ohm', 'W', 'J', 'C', 'F', 'N', 's', 'm', 'K', '1'].filter(
        (other) => other !== unit,
      );
      expect(others.filter((other) => sameDimension(parseUnit(unit)!, parseUnit(other)!))).toEqual([]);
    },
  );

  test.each(['', 'volt', 'V^', 'V^0', 'V^-0', 'V^1.5', 'V  A', 'V/A', ' V', '2 V'])(
    '"%s" is none',
    (text) => {
      expect(parseUnit(text)).toBeUndefined();
    },
  );
});

test('a dimension is written as the unit that it is, or as it came about', () => {
  const ohms = multiply({ V: 1 }, raise({ A: 1 }, -1));
  expect(formatDimension(ohms)).toBe('ohm');
  expect(formatDimension(multiply(ohms, { S: 1 }))).toBe('1');
  expect(formatDimension(multiply({ s: -1 }, { V: 1 }))).toBe('V s^-1');
  expect(formatDimension(raise({ m: 1 }, 1 / 2))).toBe('m^0.5');
  expect(sameDimension(raise(raise({ m: 1 }, 1 / 2), 2), { m: 1 })).toBe(true);
  expect(multiply({ m: 1 }, { m: -1 })).toEqual(dimensionless);
});
