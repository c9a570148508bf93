import { describe, expect, test } from 'vitest';
import { certify } from '../../../src/schedule/compile.ts';
import type { DriverGrid } from '../../../src/schedule/driver-grid.ts';
import type { Operation } from '../../../src/schedule/operation.ts';
import type { LimitMargin, SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { changed, driver, geometry, limits, pulse } from './examples.ts';
import { frame } from './limit-crossings.ts';

const step = driver.stepVolts;

function lineCurrent(
  operation: Operation,
  area: SafeOperatingArea = limits,
  grid: DriverGrid = driver,
  size = geometry,
): LimitMargin {
  const certificate = certify(createSchedule(size, [operation]), area, grid);
  return certificate.limits.find(({ limit }) => limit === 'compliance.lineCurrent')!;
}

describe('the current of a line', () => {
  const worst = (operation: Operation, grid: DriverGrid = driver) =>
    lineCurrent(operation, limits, grid).worst * 1024;

  test.each([
    // 1 V over the cell, 1/2 V over 7 others of its line, nothing over those of no line of its.
    ['selected word', { wordLines: 2, bitLines: 8 }, { unselectedWord: 0.5, unselectedBit: 0.5 }, 1 + 7 / 2],
    ['selected bit', { wordLines: 8, bitLines: 2 }, { unselectedWord: 0.5, unselectedBit: 0.5 }, 1 + 7 / 2],
    // 1/2 V over the cell that shares a line with the selected one, 3/4 V over 7 that do not.
    [
      'other word',
      { wordLines: 2, bitLines: 8 },
      { unselectedWord: 0.5, unselectedBit: 1.25 },
      1 / 2 + 21 / 4,
    ],
    [
      'other bit',
      { wordLines: 8, bitLines: 2 },
      { unselectedWord: -0.25, unselectedBit: 0.5 },
      1 / 2 + 21 / 4,
    ],
    ['only', { wordLines: 1, bitLines: 1 }, { unselectedWord: 1, unselectedBit: 1 }, 1],
  ])('is that of the line that carries most: the %s line', (_, size, others, volts) => {
    const bias = { name: 'own', selectedWord: 1, selectedBit: 0, ...others };
    const selecting = { ...pulse, cell: { word: 0, bit: 0 }, bias };
    expect(lineCurrent(selecting, limits, driver, size).worst * 1024).toBe(volts);
  });

  test('is less behind a series element', () => {
    const behind = changed(limits, ['compliance', 'seriesResistance'], 1024);
    expect(lineCurrent(pulse, behind).worst).toBe(2.5 / 2048);
  });

  test('counts the error of two outputs at every cell, also at those without a voltage', () => {
    expect(worst({ ...pulse, bias: 'half' }, { ...driver, errorVolts: 1 / 256 })).toBe(1 + 3 / 2 + 4 / 128);
  });

  test('is added up of a frame, where every line is driven', () => {
    const operation = { ...frame, wordVolts: [0.5, 1, -0.25], bitVolts: [0, 0, 0.5, 0] };
    // Word line 1: 1 + 1 + 1/2 + 1; bit line 2: 0 + 1/2 + 3/4.
    expect(worst(operation)).toBe(3.5);
    expect(worst({ ...operation, wordVolts: [0.5, 0.5, 0.5], bitVolts: [0, 0, -0.75, 0.5] })).toBe(3.75);
    const narrowed = changed(limits, ['compliance', 'lineCurrent'], 3.5 / 1024);
    expect(() => lineCurrent(operation, narrowed)).not.toThrow();
    expect(() => lineCurrent({ ...operation, wordVolts: [0.5, 1 + step, -0.25] }, narrowed)).toThrow(
      'operation 0: compliance.lineCurrent would be',
    );
  });
});
