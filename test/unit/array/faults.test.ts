import { describe, expect, test } from 'vitest';
import { drawFaults, faultCodes, faultOf, placeFaults } from '../../../src/array/faults.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { ConfigError, UsageError } from '../../../src/errors.ts';

function count(faults: Uint8Array, code: number): number {
  return faults.filter((fault) => fault === code).length;
}

describe('drawn faults', () => {
  const geometry = createGeometry(200, 100);

  test('have the asked fractions within four standard errors', () => {
    const faults = drawFaults(geometry, { high: 0.02, low: 0.1 }, 4);
    for (const [code, fraction] of [
      [faultCodes['stuck-high'], 0.02],
      [faultCodes['stuck-low'], 0.1],
    ] as const) {
      const error = Math.sqrt(20_000 * fraction * (1 - fraction));
      expect(Math.abs(count(faults, code) - 20_000 * fraction)).toBeLessThan(4 * error);
    }
  });

  test('keep the cells that are stuck high when more are stuck low', () => {
    const few = drawFaults(geometry, { high: 0.05, low: 0 }, 4);
    const more = drawFaults(geometry, { high: 0.05, low: 0.2 }, 4);
    const high = faultCodes['stuck-high'];
    expect(more.map((fault) => (fault === high ? fault : 0))).toEqual(few);
  });

  test('are all or none at the ends', () => {
    expect(count(drawFaults(geometry, { high: 0, low: 0 }, 4), faultCodes.none)).toBe(20_000);
    expect(count(drawFaults(geometry, { high: 1, low: 0 }, 4), faultCodes['stuck-high'])).toBe(20_000);
  });

  test.each([
    { high: -0.1, low: 0 },
    { high: 0.6, low: 0.6 },
    { high: NaN, low: 0 },
  ])('refuse fractions of $high and $low', (stuck) => {
    expect(() => drawFaults(geometry, stuck, 1)).toThrow(ConfigError);
  });
});

describe('given faults', () => {
  const geometry = createGeometry(2, 3);

  test('sit where they were placed', () => {
    const faults = placeFaults(geometry, { high: [{ word: 0, bit: 2 }], low: [{ word: 1, bit: 1 }] });
    expect([...faults.keys()].map((index) => faultOf(faults, index))).toEqual([
      'none',
      'none',
      'stuck-high',
      'none',
      'stuck-low',
      'none',
    ]);
  });

  test('are refused outside the array and in contradiction', () => {
    expect(() => placeFaults(geometry, { high: [{ word: 2, bit: 0 }] })).toThrow(/w2 b0 is outside/u);
    const cell = { word: 1, bit: 1 };
    expect(() => placeFaults(geometry, { high: [cell], low: [cell] })).toThrow(UsageError);
    expect(placeFaults(geometry, { low: [cell, cell] })[4]).toBe(faultCodes['stuck-low']);
  });
});
