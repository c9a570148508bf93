import { describe, expect, test } from 'vitest';
import { checkDimensions } from '../../../hdl-gen/dimension-check.ts';
import { deviceNames, messageOf, readBuiltIn, readChanged } from './model-files.ts';

test.each(deviceNames)('the units of %s agree', (name) => {
  expect(() => {
    checkDimensions(readBuiltIn(name));
  }).not.toThrow();
});

describe('a planted mistake is found', () => {
  const vteamCurrent = 'return v / (p.rOn + ((p.rOff - p.rOn) * (x - p.xOn)) / (p.xOff - p.xOn));';
  const advance = 'return x + rate(v, x, p) * dt;';

  test.each([
    ['volts added to ohms', vteamCurrent, 'return v / (p.rOn + v);', '15: adds ohm and V: p.rOn and v'],
    ['a factor left out', advance, 'return x + rate(v, x, p);', 'adds m and m s^-1: x and rate(v, x)'],
    ['a quotient upside down', vteamCurrent, 'return p.rOn / v;', 'current returns ohm V^-1, declared A'],
    ['exp of volts', advance, 'return x * Math.exp(v);', 'exp of V, expected a pure number'],
    [
      'a power of volts',
      advance,
      'return x * v ** p.alphaOn;',
      'pow of V with a power that is not written as a number',
    ],
    ['a power in volts', advance, 'return x * 2 ** v;', 'exponent in V, expected a pure number'],
    ['a comparison of unlikes', advance, 'return v > p.rOn ? x : x;', 'compares V with ohm'],
    ['a choice between unlikes', advance, 'return v > 0 ? x : v;', 'chooses between m and V'],
    ['the smaller of unlikes', advance, 'return Math.min(x, dt);', 'min of m and s'],
    ['a number where a length is due', advance, 'return x + 1;', 'adds m and 1'],
    [
      'arguments the wrong way round',
      advance,
      'return x + rate(x, v, p) * dt;',
      'rate takes v in V, found m',
    ],
    [
      'a local of another unit',
      advance,
      'const y: typeof v = x;\n  return y;',
      'y is declared in V, its value is in m',
    ],
    ['a root', advance, 'return Math.sqrt(x * v);', 'advance returns m^0.5 V^0.5, declared m'],
    ['a result of another unit', '): Amperes {', '): Volts {', 'current returns A, declared V'],
    [
      'a parameter described in another unit',
      "kOff: { unit: 'm s^-1'",
      "kOff: { unit: 'm'",
      'p.kOff is taken in m s^-1, its description gives it in m',
    ],
    [
      'a state of another unit',
      "unit: 'm', meaning",
      "unit: 'ohm', meaning",
      'argument _x is in m, expected ohm',
    ],
    ['a unit that is none', "kOff: { unit: 'm s^-1'", "kOff: { unit: 'nm/s'", '"nm/s" is not a unit'],
  ])('%s', (_, from, to, message) => {
    const found = messageOf(() => {
      checkDimensions(readChanged('vteam', [from, to]));
    });
    expect(found).toMatch(/^DimensionError: vteam\.ts:\d+:\d+: /u);
    expect(found).toContain(message);
  });

  test('names both units for programs', () => {
    const model = readChanged('vteam', [advance, 'return x + v;']);
    expect(() => {
      checkDimensions(model);
    }).toThrow(
      expect.objectContaining({
        code: 'dimension',
        exitCode: 1,
        details: expect.objectContaining({ units: ['m', 'V'] }) as unknown,
      }),
    );
  });
});

test('0 fits every unit, and a sum of units that are named differently is one', () => {
  const advance = 'return x + rate(v, x, p) * dt;';
  const changed = [
    'return v > 0 ? 0 : Math.max(x, 0);',
    'return x * (v / (current(v, x, p) * p.rOn) + 1);',
    'return Math.sqrt(x * x) + x ** 2 / x;',
  ];
  for (const text of changed) {
    checkDimensions(readChanged('vteam', [advance, text]));
  }
  expect(changed).toHaveLength(3);
});
