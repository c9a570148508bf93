import { expect, test } from 'vitest';
import { createGeometry } from '../../../src/array/geometry.ts';
import { meanShare, powerText, shareTable } from '../../../src/cli/share-table.ts';

test('a table has the means of blocks of cells, and a dash where no cell has a share', () => {
  const shares = Float64Array.of(0.5, Number.NaN, -0.25, 0.125, Number.NaN, 1);
  expect(shareTable(shares, createGeometry(3, 2))).toBe(
    ['      b0-0     b1-1', 'w0-0  50.0 %   -', 'w1-1  -25.0 %  12.5 %', 'w2-2  -        100.0 %'].join('\n'),
  );
  expect(meanShare(shares)).toBe(1.375 / 4);
});

test('nine lines make eight blocks, of which one has two', () => {
  const lines = shareTable(
    Float64Array.from({ length: 9 }, (_, line) => line / 10),
    createGeometry(9, 1),
  );
  expect(lines.split('\n').slice(-2)).toEqual(['w6-6  60.0 %', 'w7-8  75.0 %']);
});

test('the line of most power is named', () => {
  expect(powerText(Float64Array.of(1e-3, 2.5e-3), Float64Array.of(4e-4, 1e-4, 0))).toBe(
    'at 1 V 2.50e-3 W of w1 and 4.00e-4 W of b0 at most',
  );
});
