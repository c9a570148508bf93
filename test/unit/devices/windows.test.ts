import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  biolekWindow,
  joglekarWindow,
  kvatinskyOffWindow,
  kvatinskyOnWindow,
  oneMinusPower,
  prodromakisWindow,
} from '../../../devices/windows.ts';

const printed = {
  joglekar: (x: number, p: number) => 1 - (2 * x - 1) ** (2 * p),
  biolek: (x: number, p: number, i: number) => 1 - (x - (i <= 0 ? 1 : 0)) ** (2 * p),
  prodromakis: (x: number, p: number, j: number) => j * (1 - ((x - 0.5) ** 2 + 0.75) ** p),
};

const insides = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('the windows are the printed functions', () => {
  test('at points worked out by hand', () => {
    expect(joglekarWindow(0.25, 1)).toBeCloseTo(3 / 4, 15);
    expect(joglekarWindow(0.25, 2)).toBeCloseTo(15 / 16, 15);
    expect(joglekarWindow(0.1, 7)).toBeCloseTo(1 - 0.8 ** 14, 15);

    expect(biolekWindow(0.5, 1, 1)).toBeCloseTo(3 / 4, 15);
    expect(biolekWindow(0.25, 2, 1)).toBeCloseTo(255 / 256, 15);
    expect(biolekWindow(0.25, 2, -1)).toBeCloseTo(1 - 0.75 ** 4, 15);

    expect(prodromakisWindow(0.5, 1, 1)).toBeCloseTo(1 / 4, 15);
    expect(prodromakisWindow(0.5, 10, 1)).toBeCloseTo(1 - 0.75 ** 10, 15);
    expect(prodromakisWindow(0.25, 2, 3)).toBeCloseTo(3 * (1 - 0.8125 ** 2), 15);

    expect(kvatinskyOffWindow(3e-9, 3e-9, 107e-12)).toBeCloseTo(Math.exp(-1), 15);
    expect(kvatinskyOffWindow(2.893e-9, 3e-9, 107e-12)).toBeCloseTo(Math.exp(-Math.exp(-1)), 12);
    expect(kvatinskyOnWindow(0.214e-9, 0, 107e-12)).toBeCloseTo(Math.exp(-Math.exp(-2)), 12);
  });

  test('everywhere inside', () => {
    fc.assert(
      fc.property(insides, fc.integer({ min: 1, max: 12 }), fc.constantFrom(-1, 1), (x, p, i) => {
        expect(joglekarWindow(x, p)).toBeCloseTo(printed.joglekar(x, p), 13);
        expect(biolekWindow(x, p, i)).toBeCloseTo(printed.biolek(x, p, i), 13);
        expect(prodromakisWindow(x, p / 3, 2)).toBeCloseTo(printed.prodromakis(x, p / 3, 2), 13);
      }),
    );
  });

  test('p = 1 of Joglekar is 4x(1 - x)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1, noNaN: true }), (x) => {
        const parabola = 4 * x * (1 - x);
        expect(Math.abs(joglekarWindow(x, 1) - parabola)).toBeLessThanOrEqual(1e-15 * parabola);
      }),
    );
  });
});

describe('misplaced brackets are told apart', () => {
  const points = [0.2, 0.6, 0.9];

  test('Joglekar with the exponent outside', () => {
    for (const x of points) {
      const wrong = (1 - (2 * x - 1)) ** 4;
      expect(Math.abs(joglekarWindow(x, 2) - wrong)).toBeGreaterThan(0.05);
    }
  });

  test('Prodromakis with the exponent outside', () => {
    for (const x of points) {
      const wrong = (1 - (x - 0.5) ** 2 + 0.75) ** 2;
      expect(Math.abs(prodromakisWindow(x, 2, 1) - wrong)).toBeGreaterThan(0.05);
    }
  });

  test('Biolek with the step the wrong way round, so that it stops at the bound that it leaves', () => {
    for (const x of points) {
      const wrong = 1 - (x - 1) ** 4;
      expect(Math.abs(biolekWindow(x, 2, 1) - wrong)).toBeGreaterThan(0.02);
    }
    expect(biolekWindow(0, 2, 1)).toBe(1);
    expect(biolekWindow(1, 2, 1)).toBe(0);
    expect(biolekWindow(0, 2, -1)).toBe(0);
    expect(biolekWindow(1, 2, -1)).toBe(1);
  });

  test('Biolek with both signs turned, 1 - (1 - x - stp(i))^(2p), is the same function', () => {
    for (const x of points) {
      expect(1 - (1 - x - 1) ** 4).toBeCloseTo(biolekWindow(x, 2, 1), 13);
      expect(1 - (1 - x) ** 4).toBeCloseTo(biolekWindow(x, 2, -1), 13);
    }
  });
});

describe('near and beyond the bounds', () => {
  test('a window keeps its digits where its printed form cancels', () => {
    for (const x of [1e-9, 1e-15, 1e-30, 1e-300]) {
      expect(joglekarWindow(x, 7) / (28 * x)).toBeCloseTo(1, 6);
      expect(prodromakisWindow(x, 2.5, 1) / (2.5 * x)).toBeCloseTo(1, 6);
    }
  });

  test('1 - (1 - w)^p against the binomial series', () => {
    for (const w of [1e-3, 1e-5, 1e-8]) {
      const p = 3.7;
      const series = p * w * (1 - ((p - 1) / 2) * w * (1 - ((p - 2) / 3) * w * (1 - ((p - 3) / 4) * w)));
      expect(oneMinusPower(w, p) / series - 1).toBeCloseTo(0, 11);
    }
  });

  test('no exponent makes a window other than a number from 0 to its scale', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.constantFrom(-1, 0, 1),
        (x, p, i) => {
          for (const f of [joglekarWindow(x, p), biolekWindow(x, p, i), prodromakisWindow(x, p, 1)]) {
            expect(f >= 0 && f <= 1).toBe(true);
          }
        },
      ),
    );
  });
});
