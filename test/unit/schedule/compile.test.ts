import { describe, expect, test } from 'vitest';
import { ConfigError, ScheduleError } from '../../../src/errors.ts';
import { certify } from '../../../src/schedule/compile.ts';
import { driverDigest, safeOperatingAreaDigest, scheduleDigest } from '../../../src/schedule/digest.ts';
import type { DriverGrid } from '../../../src/schedule/driver-grid.ts';
import type { Operation } from '../../../src/schedule/operation.ts';
import type { LimitMargin, SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { changed, driver, geometry, limits, loop, pulse, schedule, thrownBy } from './examples.ts';
import { crossings, frame, read, repeated } from './limit-crossings.ts';

const step = driver.stepVolts;
const tick = driver.stepWidth;

function certifyOperations(
  operations: readonly Operation[],
  narrowed: SafeOperatingArea = limits,
  grid: DriverGrid = driver,
) {
  return certify(createSchedule(geometry, operations), narrowed, grid);
}

function marginOf(certificate: { readonly limits: readonly LimitMargin[] }, limit: string): LimitMargin {
  return certificate.limits.find((entry) => entry.limit === limit)!;
}

describe('every limit', () => {
  test.each(crossings)('$limit: what sits at it is certified with no margin', ({ limit, at, area, grid }) => {
    const entry = marginOf(certifyOperations(at, area, grid), limit);
    expect(entry.margin).toBeCloseTo(0, 12);
    expect(entry.worst).toBeCloseTo(entry.allowed, 12);
    expect(entry.operation).not.toBeNull();
  });

  test.each(crossings)(
    '$limit: one step beyond is refused',
    ({ limit, beyond, area, grid, asked, allowed }) => {
      const error = thrownBy(() => certifyOperations(beyond, area, grid));
      expect(error).toBeInstanceOf(ScheduleError);
      expect(error).toMatchObject({ code: 'limit', details: { limit, asked, allowed } });
      expect(error).toHaveProperty('message', expect.stringMatching(/operation \d.*would be .* allowed /u));
    },
  );

  test.each(crossings)('$limit: wide enough, the same is certified', ({ limit, beyond }) => {
    expect(marginOf(certifyOperations(beyond), limit).margin).toBeGreaterThan(0);
  });

  test('is in the table above, and none is in the certificate that is not', () => {
    const named = crossings.map(({ limit }) => limit);
    const certified = certifyOperations([pulse]).limits.map(({ limit }) => limit);
    expect(certified.filter((limit) => !named.includes(limit))).toEqual([
      'envelope.width',
      'halfSelect[1].total',
    ]);
    expect(named.filter((limit) => !certified.includes(limit))).toEqual([]);
  });
});

describe('the V-t envelope', () => {
  const narrowed = changed(
    limits,
    ['envelope'],
    [
      { volts: 0.5, width: 1 },
      { volts: 1, width: 1 / 4 },
      { volts: 1.5, width: 1 / 16 },
    ],
  );

  test.each([
    [0.5, 1],
    [0.5 + step, 1 / 4],
    [1, 1 / 4],
    [-1, 1 / 4],
    [1 + step, 1 / 16],
    [1.5, 1 / 16],
  ])('at %d V allows %d s and not a tick more', (volts, width) => {
    const entry = marginOf(certifyOperations([{ ...pulse, volts, width }], narrowed), 'envelope.width');
    expect(entry).toMatchObject({ worst: width, allowed: width, margin: 0 });
    expect(
      thrownBy(() => certifyOperations([{ ...pulse, volts, width: width + tick }], narrowed)),
    ).toMatchObject({
      details: { limit: width === 1 ? 'width.pulse.max' : 'envelope.width' },
    });
  });

  test('holds reads as well: the cell does not know the difference', () => {
    const short = changed(limits, ['envelope'], [{ volts: 2, width: 1 / 16 }]);
    expect(thrownBy(() => certifyOperations([read], short))).toMatchObject({
      details: { limit: 'envelope.width', asked: 1 / 8, allowed: 1 / 16, cell: pulse.cell },
    });
  });
});

describe('the error of the driver', () => {
  const grid = { ...driver, errorVolts: step / 4 };

  test('counts once on a line and twice over a cell', () => {
    const certificate = certifyOperations([pulse], limits, grid);
    expect(marginOf(certificate, 'voltage.line').worst).toBe(0.5 + step / 4);
    expect(marginOf(certificate, 'voltage.pulse.positive').worst).toBe(1 + step / 2);
    expect(marginOf(certificate, 'voltage.unselected').worst).toBe(0.5 + step / 2);
  });

  test('makes a pulse at its limit one that crosses it', () => {
    const narrowed = changed(limits, ['voltage', 'pulse', 'positive'], 1);
    expect(() => certifyOperations([pulse], narrowed)).not.toThrow();
    expect(() => certifyOperations([pulse], narrowed, grid)).toThrow(
      'operation 0 (w1 b2): voltage.pulse.positive would be 1.0078125 V, allowed 1 V',
    );
  });
});

describe('rounding', () => {
  test('comes before the check, towards less stress', () => {
    const asked = { ...pulse, volts: 1 + 0.9 * step, width: 1 / 8 + 0.9 * tick };
    const certificate = certifyOperations([asked]);
    expect(marginOf(certificate, 'voltage.pulse.positive').worst).toBe(1);
    expect(marginOf(certificate, 'width.pulse.max').worst).toBe(1 / 8);
  });

  test('of a fraction between two line codes counts the worse of both', () => {
    // 1 V in thirds: 21.33 and 42.67 steps, whose codes differ by 21; the other lines are 64 and 43 - 1 steps apart.
    const certificate = certifyOperations([{ ...pulse, bias: 'third' }]);
    expect(marginOf(certificate, 'voltage.unselected').worst).toBe((64 - 42) * step);
  });

  test.each<[string, Operation, string]>([
    [
      'volts',
      { ...pulse, volts: 0.9 * step },
      'operation 0 (w1 b2): 14.0625 mV would do nothing on a driver',
    ],
    ['0 V', { ...pulse, volts: 0 }, 'operation 0 (w1 b2): 0 V would do nothing'],
    [
      'both halves of the volts',
      { ...pulse, volts: step },
      'operation 0 (w1 b2): 15.625 mV would do nothing',
    ],
    [
      'width',
      { ...pulse, width: 0.9 * tick },
      'operation 0 (w1 b2): 878.90625 us would do nothing on a driver',
    ],
    [
      'the volts of a read',
      { ...read, volts: -0.5 * step },
      'operation 0 (w1 b2): -7.8125 mV would do nothing',
    ],
    ['a line', { ...frame, bitVolts: [0, 0.5 * step, 0, 0] }, 'operation 0: 7.8125 mV would do nothing'],
    ['the width of a frame', { ...frame, width: 0.5 * tick }, 'operation 0: 488.28125 us would do nothing'],
    [
      'a frame of equal lines',
      { ...frame, wordVolts: [1, 1, 1], bitVolts: [1, 1, 1, 1] },
      '0 V would do nothing',
    ],
    [
      'a pulse of the envelope',
      changed(loop, ['envelope', 'pulses', 1, 'volts'], 0.1 * step),
      'would do nothing',
    ],
    ['the read of a loop', changed(loop, ['read', 'width'], 0.1 * tick), 'would do nothing'],
  ])('that swallows %s is refused', (_, operation, message) => {
    const error = thrownBy(() => certifyOperations([operation]));
    expect(error).toMatchObject({ code: 'rounded-away' });
    expect(error).toHaveProperty('message', expect.stringContaining(message));
  });
});

describe('the half-select budget', () => {
  const narrowed = changed(limits, ['halfSelect'], [{ volts: 0.5, total: 0.5 }]);

  test('adds up over a line, and names the victim and the operation that went over', () => {
    // w1 b0 is on the word line of the first two and on the bit line of the last.
    const operations: Operation[] = [
      { ...pulse, cell: { word: 1, bit: 1 }, width: 1 / 4 },
      { ...pulse, cell: { word: 1, bit: 2 }, width: 1 / 8 },
      { kind: 'wait', seconds: 1 },
      { ...pulse, cell: { word: 2, bit: 0 }, width: 1 / 4 },
      { ...pulse, cell: { word: 0, bit: 3 }, width: 1 / 8 },
    ];
    expect(thrownBy(() => certifyOperations(operations, narrowed))).toMatchObject({
      message: 'operation 3 (w1 b0): halfSelect[0].total would be 625 ms, allowed 500 ms',
      details: {
        operation: 3,
        cell: { word: 1, bit: 0 },
        limit: 'halfSelect[0].total',
        asked: 0.625,
        allowed: 0.5,
      },
    });
    expect(
      marginOf(certifyOperations(operations.slice(0, 3), narrowed), 'halfSelect[0].total'),
    ).toMatchObject({
      worst: 0.375,
      operation: 1,
    });
  });

  test('does not book what the addressed cell itself sees', () => {
    const one = createSchedule(
      { wordLines: 1, bitLines: 1 },
      repeated(100, { ...pulse, cell: { word: 0, bit: 0 } }),
    );
    expect(marginOf(certify(one, narrowed, driver), 'halfSelect[0].total')).toMatchObject({
      worst: 0,
      operation: null,
    });
  });

  test('books every cell of the array under a scheme that stresses all', () => {
    const low = changed(limits, ['halfSelect'], [{ volts: 0.3125, total: 1000 }]);
    const operations = [
      { ...pulse, bias: 'third' as const, cell: { word: 0, bit: 0 } },
      { ...pulse, bias: 'third' as const, cell: { word: 1, bit: 1 } },
      { ...pulse, bias: 'third' as const, cell: { word: 2, bit: 2 } },
    ];
    expect(marginOf(certifyOperations(operations, low), 'halfSelect[0].total').worst).toBe(3 / 8);
  });

  test('charges a loop with its longest pulses and all of its reads', () => {
    // w0 b3 shares a line with both cells. Of the pulses only -1.25 V reaches 0.5625 V over it.
    const high = changed(limits, ['halfSelect'], [{ volts: 0.5625, total: 1000 }]);
    expect(marginOf(certifyOperations([loop], high), 'halfSelect[0].total').worst).toBe(20 / 16);
    // At 0.5 V the longer pulse of 1 V counts.
    expect(
      marginOf(
        certifyOperations([loop], changed(limits, ['halfSelect', 0, 'volts'], 0.5)),
        'halfSelect[0].total',
      ).worst,
    ).toBe(20 / 8);
    // At 0.25 V the reads count as well, where they leave 0.25 V: on the word line of a cell, not on its bit line.
    expect(marginOf(certifyOperations([loop]), 'halfSelect[0].total').worst).toBe(20 / 8 + 11 / 256);
  });
});

describe('a frame', () => {
  test('is a pulse to cells above the limit of unselected cells, and stress to the others', () => {
    const narrowed = changed(limits, ['halfSelect'], [{ volts: 0.5, total: 0.25 }]);
    // w0: 1.5 V over b0 and b1, 0.75 V over b2, 0 V over b3; other word lines see the bit lines only.
    const operation = { ...frame, bitVolts: [0, 0, 0.75, 1.5] };
    const certificate = certifyOperations(
      [operation],
      changed(narrowed, ['voltage', 'unselected'], 1.5 - step),
    );
    expect(marginOf(certificate, 'voltage.pulse.positive').worst).toBe(1.5);
    expect(marginOf(certificate, 'voltage.pulse.negative').worst).toBe(1.5);
    expect(marginOf(certificate, 'voltage.unselected').worst).toBe(0.75);
    expect(marginOf(certificate, 'halfSelect[0].total')).toMatchObject({ worst: 0.25, margin: 0 });
    expect(marginOf(certificate, 'endurance.pulsesPerCell').worst).toBe(1);
  });

  test('with sense is a read of every cell that has a voltage', () => {
    const operation = { ...frame, wordVolts: [0.25, 0, -0.25], sense: true };
    const certificate = certifyOperations([operation, operation]);
    expect(marginOf(certificate, 'voltage.read.positive').worst).toBe(0.25);
    expect(marginOf(certificate, 'voltage.read.negative').worst).toBe(0.25);
    expect(marginOf(certificate, 'endurance.readsPerCell').worst).toBe(2);
    expect(marginOf(certificate, 'endurance.pulsesPerCell').operation).toBeNull();
    expect(() => certifyOperations([{ ...operation, wordVolts: [0.75, 0, 0] }])).toThrow(
      'voltage.read.positive',
    );
  });
});

describe('a write-verify loop', () => {
  test('has every pulse of its envelope and its read compared', () => {
    const cases: [readonly (string | number)[], unknown, string][] = [
      [['envelope', 'pulses', 0, 'volts'], 2 + step, 'driver.maxVolts'],
      [['envelope', 'pulses', 1, 'volts'], -2 - step, 'driver.minVolts'],
      [['envelope', 'pulses', 1, 'width'], 2, 'width.pulse.max'],
      [['read', 'volts'], 0.5 + step, 'voltage.read.positive'],
      [['read', 'width'], 2, 'width.read.max'],
      [['envelope', 'maxPulses'], 1001, 'endurance.pulsesPerCell'],
      [['envelope', 'maxReads'], 1001, 'endurance.readsPerCell'],
    ];
    for (const [path, member, limit] of cases) {
      const operation = changed({ ...loop, bias: 'grounded' as const }, path, member);
      const wide = changed(limits, ['voltage', 'unselected'], 4);
      expect(thrownBy(() => certifyOperations([operation], wide))).toMatchObject({ details: { limit } });
    }
  });

  test('may wish for any conductance: a target is no act', () => {
    const wish = changed(loop, ['targets', 1], 1);
    expect(() => certifyOperations([wish])).not.toThrow();
  });

  test('counts its worst case of cycles: any pulse may turn the polarity', () => {
    const worst = (operations: readonly Operation[]) =>
      marginOf(certifyOperations(operations), 'endurance.cyclesPerCell').worst;
    const onlySet = changed(loop, ['envelope', 'pulses'], [{ volts: 1, width: 1 / 8 }]);
    const set: Operation = { ...pulse, cell: loop.cells[0]! };
    const reset: Operation = { ...set, volts: -1 };
    expect(worst([loop])).toBe(5);
    expect(worst([loop, set])).toBe(5);
    expect(worst([loop, set, reset])).toBe(6);
    expect(worst([onlySet, reset])).toBe(1);
    expect(worst([set, onlySet, set, onlySet])).toBe(0);
    // A SET before and one after a loop that may end with a RESET: 12 runs.
    expect(worst([set, loop, set])).toBe(6);
  });
});

describe('a certificate', () => {
  test('names what was compared, and is plain data', () => {
    const certificate = certify(schedule, limits, driver);
    expect(certificate).toMatchObject({
      format: 'ohmloom-certificate',
      version: 1,
      scheduleDigest: scheduleDigest(schedule),
      safeOperatingAreaDigest: safeOperatingAreaDigest(limits),
      driverDigest: driverDigest(driver),
    });
    expect(JSON.parse(JSON.stringify(certificate))).toEqual(certificate);
    for (const { worst, margin, allowed } of certificate.limits) {
      expect([worst, margin, allowed].every(Number.isFinite)).toBe(true);
      expect(margin).toBeGreaterThanOrEqual(0);
    }
  });

  test('names the operation of the worst value, the first of equals', () => {
    const operations = [pulse, { ...pulse, volts: 1.5 }, { ...pulse, volts: 1.5 }, pulse];
    expect(marginOf(certifyOperations(operations), 'voltage.pulse.positive')).toEqual({
      limit: 'voltage.pulse.positive',
      unit: 'V',
      allowed: 2,
      worst: 1.5,
      margin: 0.25,
      operation: 1,
    });
  });

  test('of an empty schedule touches no limit', () => {
    const untouched = certifyOperations([]).limits.map(({ worst, margin, operation }) => [
      worst,
      margin,
      operation,
    ]);
    expect(new Set(untouched.map((entry) => JSON.stringify(entry)))).toEqual(new Set(['[0,1,null]']));
  });

  test('is refused for incomplete limits and drivers', () => {
    expect(() => certify(schedule, changed(limits, ['voltage', 'line'], undefined), driver)).toThrow(
      ConfigError,
    );
    expect(() => certify(schedule, limits, changed(driver, ['errorVolts'], undefined))).toThrow(ConfigError);
    expect(() => certify(schedule, limits, changed(driver, ['stepVolts'], Number.NaN))).toThrow(ConfigError);
    expect(() => certify(schedule, limits, changed(driver, ['minVolts'], 0.1))).toThrow('0 V or below');
  });

  test('is refused for an array too large to keep books for', () => {
    const huge = createSchedule({ wordLines: 65_536, bitLines: 65_536 }, [{ kind: 'wait', seconds: 1 }]);
    expect(() => certify(huge, limits, driver)).toThrow(
      'found 4294967296 cells, a certificate covers at most 16777216',
    );
  });
});
