import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  plainDecimal,
  pythonRepr,
  sixDecimals,
  threeDigitExponent,
} from '../../../../firmware-bridge/arc-one/number-text.ts';

// The right columns were printed by Python 3.11: repr(x), '%f' % x, '%.3e' % x.
test.each([
  [0, '0.0', '0.000000', '0.000e+00'],
  [-0, '-0.0', '-0.000000', '-0.000e+00'],
  [1, '1.0', '1.000000', '1.000e+00'],
  [1e-6, '1e-06', '0.000001', '1.000e-06'],
  [1e-7, '1e-07', '0.000000', '1.000e-07'],
  [9e-8, '9e-08', '0.000000', '9.000e-08'],
  [1.01e-5, '1.01e-05', '0.000010', '1.010e-05'],
  [1e-4, '0.0001', '0.000100', '1.000e-04'],
  [0.048, '0.048', '0.048000', '4.800e-02'],
  [-12, '-12.0', '-12.000000', '-1.200e+01'],
  [1e5, '100000.0', '100000.000000', '1.000e+05'],
  [1e6, '1000000.0', '1000000.000000', '1.000e+06'],
  [123456789.125, '123456789.125', '123456789.125000', '1.235e+08'],
  [9999999999999998, '9999999999999998.0', '9999999999999998.000000', '1.000e+16'],
  [1e16, '1e+16', '10000000000000000.000000', '1.000e+16'],

  [5e-324, '5e-324', '0.000000', '4.941e-324'],
  [0.1 + 0.2, '0.30000000000000004', '0.300000', '3.000e-01'],
  // Half way between two roundings, exactly: C goes to the even digit, JavaScript up.
  [-4704500000, '-4704500000.0', '-4704500000.000000', '-4.704e+09'],
  [50409556180238.7265625, '50409556180238.73', '50409556180238.726562', '5.041e+13'],
  [0.0000005, '5e-07', '0.000000', '5.000e-07'],
] as const)('%d is written as Python writes it', (value, repr, f, e) => {
  expect(pythonRepr(value)).toBe(repr);
  expect(threeDigitExponent(value)).toBe(e);
  expect(sixDecimals(value)).toBe(f);
});

test('a number beyond what decimals can say', () => {
  expect(pythonRepr(1.5e300)).toBe('1.5e+300');
  expect(sixDecimals(1e22)).toBe('10000000000000000000000.000000');
});

test('the exact formats read back as the same double, and a board that reads C floats understands them', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const [repr, plain] = [pythonRepr(value), plainDecimal(value)];
      expect(Object.is(Number(repr), value)).toBe(true);
      expect(Object.is(Number(plain), value)).toBe(true);
      expect(repr).toMatch(/^-?\d+(?:\.\d+)?(?:e[+-]\d{2,3})?$/u);
      expect(repr).toMatch(/[.e]/u);
      expect(plain).toMatch(/^-?\d+\.\d+$/u);
    }),
  );
});

test('%f keeps six decimals: the nearest of them', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
      const text = sixDecimals(value);
      expect(text).toMatch(/^-?\d+\.\d{6}$/u);
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5000001e-6);
    }),
  );
});
