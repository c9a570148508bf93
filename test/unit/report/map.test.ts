import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { conductanceScale, cssColour, errorScale, paletteStep } from '../../../src/report/colour-scale.ts';
import { mapSize } from '../../../src/report/conductance-map.ts';
import { lineTicks } from '../../../src/report/line-ticks.ts';
import { mapImage } from '../../../src/report/map-image.ts';
import { axisUnit } from '../../../src/report/number-format.ts';

const scale = conductanceScale(1e-6, 1e-4, axisUnit(1e-4, 'S'));

/** Relative luminance of a palette entry, W3C WCAG 2.2. */
function luminance(palette: Uint8Array, step: number): number {
  const [red = 0, green = 0, blue = 0] = Array.from(palette.subarray(3 * step, 3 * step + 3), (byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('colours', () => {
  test('of conductance rise in lightness from end to end, so they survive grey printing', () => {
    for (let step = 8; step < 256; step += 8) {
      expect(luminance(scale.palette, step)).toBeGreaterThan(luminance(scale.palette, step - 8));
    }
    expect([cssColour(scale, 0), cssColour(scale, 255)]).toEqual(['#440154', '#fde725']);
  });

  test('of errors are blue below, red above and light between', () => {
    const { palette } = errorScale(0.02);
    expect(palette[2]).toBeGreaterThan(palette[0] ?? 0);
    expect(palette[3 * 255]).toBeGreaterThan(palette[3 * 255 + 2] ?? 0);
    expect(luminance(palette, 128)).toBeGreaterThan(0.85);
  });

  test('beyond the scale are those of its end; a missing value has none', () => {
    expect([1e-6, 1e-4, -1, 1, Number.POSITIVE_INFINITY].map((value) => paletteStep(scale, value))).toEqual([
      0, 255, 0, 255, 255,
    ]);
    expect(paletteStep(scale, Number.NaN)).toBeUndefined();
  });
});

test('a map image has one pixel a cell, word lines down, and leaves missing cells out', () => {
  const values = new Float64Array([1e-6, 1e-4, 5.05e-5, 1e-6, 1e-6, Number.NaN]);
  const url = mapImage(values, { wordLines: 2, bitLines: 3 }, scale);
  const png = decode(Buffer.from(url.replace('data:image/png;base64,', ''), 'base64'));
  expect([png.width, png.height]).toEqual([3, 2]);
  const pixel = (word: number, bit: number) => [
    ...png.data.subarray(4 * (3 * word + bit), 4 * (3 * word + bit) + 4),
  ];
  expect(pixel(0, 0)).toEqual([0x44, 0x01, 0x54, 255]);
  expect(pixel(0, 1)).toEqual([0xfd, 0xe7, 0x25, 255]);
  expect(pixel(0, 2)).toEqual([...scale.palette.subarray(3 * 128, 3 * 128 + 3), 255]);
  expect(pixel(1, 2)[3]).toBe(0);
});

describe('axes of a map', () => {
  test.each([
    [32, [0, 8, 16, 24]],
    [256, [0, 64, 128, 192]],
    [10, [0, 2, 4, 6, 8]],
    [197, [0, 50, 100, 150]],
    [4, [0, 1, 2, 3]],
    [1, [0]],
  ])('%i lines', (lines, ticks) => {
    expect(lineTicks(lines)).toEqual(ticks);
  });

  test('a map is never wider or higher than its panel, and square arrays stay square', () => {
    for (const [wordLines, bitLines] of [
      [1, 1],
      [1, 4],
      [32, 32],
      [197, 20],
      [20, 197],
      [256, 256],
      [1, 65_536],
      [5000, 5000],
    ] as const) {
      const { width, height } = mapSize({ wordLines, bitLines });
      expect(width).toBeLessThanOrEqual(304);
      expect(height).toBeLessThanOrEqual(380);
      expect(Math.min(width, height)).toBeGreaterThan(10);
      expect(wordLines === bitLines).toBe(width === height);
    }
  });
});
