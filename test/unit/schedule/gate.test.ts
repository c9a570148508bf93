import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { biasSchemes } from '../../../src/array/bias.ts';
import { ScheduleError } from '../../../src/errors.ts';
import { certify } from '../../../src/schedule/compile.ts';
import type { DriverGrid } from '../../../src/schedule/driver-grid.ts';
import { Gate } from '../../../src/schedule/gate.ts';
import type { Operation, PulseOperation, ReadOperation } from '../../../src/schedule/operation.ts';
import { roundOperation } from '../../../src/schedule/round-operation.ts';
import type { SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { changed, driver, everyKind, geometry, limits, loop, pulse, thrownBy } from './examples.ts';
import { crossings, frame, read } from './limit-crossings.ts';

const step = driver.stepVolts;

function gateBefore(
  operations: readonly Operation[],
  area: SafeOperatingArea = limits,
  grid: DriverGrid = driver,
): Gate {
  return new Gate({ schedule: createSchedule(geometry, operations), safeOperatingArea: area }, grid);
}

/** Admit all operations of a schedule in turn, rounded as an executor would. */
function admitAll(
  operations: readonly Operation[],
  area: SafeOperatingArea = limits,
  grid: DriverGrid = driver,
): void {
  const gate = gateBefore(operations, area, grid);
  for (const [position, operation] of operations.entries()) {
    gate.admit(position, roundOperation(operation, grid));
  }
}

const loopPulse: PulseOperation = { ...pulse, cell: loop.cells[0]!, volts: 1, width: 1 / 8 };
const loopRead: ReadOperation = { ...loop.read, kind: 'read', cells: [loop.cells[0]!] };

describe('Gate', () => {
  test('admits what was certified, of every kind', () => {
    expect(() => admitAll(everyKind)).not.toThrow();
  });

  test('admits what was certified, for drawn pulses and grids that are not binary fractions', () => {
    const operation = fc.record({
      kind: fc.constant('pulse' as const),
      cell: fc.constant(pulse.cell),
      volts: fc.double({ min: -1.9, max: 1.9, noNaN: true }).filter((volts) => Math.abs(volts) > 0.1),
      width: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      bias: fc.constantFrom('half' as const, 'third' as const),
    });
    const grid = fc.record({
      stepVolts: fc.constantFrom(0.01, 0.03, 0.007),
      stepWidth: fc.constantFrom(1e-3, 3e-3),
    });
    const wide = changed(limits, ['voltage', 'line'], 4);
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 5 }), grid, (operations, steps) => {
        const fine = { ...driver, ...steps, errorVolts: 0.001 };
        expect(() => certify(createSchedule(geometry, operations), wide, fine)).not.toThrow();
        expect(() => admitAll(operations, wide, fine)).not.toThrow();
      }),
    );
  });

  describe('finds by itself what certify finds', () => {
    // Budgets over many operations are left to the certificate.
    const own = crossings.filter(({ limit }) => !/^(halfSelect|endurance\.cycles)/u.test(limit));

    test.each(own)('$limit', ({ limit, at, beyond, area, grid }) => {
      expect(() => admitAll(at, area, grid)).not.toThrow();
      const error = thrownBy(() => admitAll(beyond, area, grid));
      expect(error).toBeInstanceOf(ScheduleError);
      expect(error).toMatchObject({ code: 'gate' });
      expect(error).toHaveProperty('message', expect.stringContaining(limit.split('.')[0]!));
    });

    test('a pulse inside its voltage and its width, but not inside the envelope', () => {
      const steep = changed(
        limits,
        ['envelope'],
        [
          { volts: 0.5, width: 1 },
          { volts: 2, width: 1 / 16 },
        ],
      );
      expect(() => admitAll([pulse], steep)).toThrow('envelope: 0.125 s at 1 V exceeds 0.0625 s');
    });

    test('the current of any line, of a frame as of a selection', () => {
      const narrowed = (most: number) => changed(limits, ['compliance', 'lineCurrent'], most / 1024);
      // The selected bit line crosses two other word lines, each word line three other bit lines.
      const scheme = { ...biasSchemes.half, name: 'own', unselectedWord: 1, unselectedBit: 1 / 2 };
      const selection: PulseOperation = { ...pulse, volts: 0.5, bias: scheme };
      expect(() => admitAll([selection], narrowed(2))).not.toThrow();
      expect(() => admitAll([selection], narrowed(1.99))).toThrow('compliance.lineCurrent: 0.001953125 A');
      const lines = { ...frame, wordVolts: [0.5, 0.5, 0.5], bitVolts: [0, 0, -0.75, 0.5] };
      expect(() => admitAll([lines], narrowed(3.75))).not.toThrow();
      expect(() => admitAll([lines], narrowed(3.74))).toThrow('compliance.lineCurrent');
    });

    test('the error of the driver', () => {
      const exact = changed(limits, ['voltage', 'pulse', 'positive'], 1);
      expect(() => admitAll([pulse], exact)).not.toThrow();
      expect(() => admitAll([pulse], exact, { ...driver, errorVolts: step / 4 })).toThrow(
        'voltage.pulse.positive',
      );
    });
  });

  describe('holds an act against the schedule', () => {
    test.each<[string, Operation, Operation]>([
      ['another cell', pulse, { ...pulse, cell: { word: 1, bit: 1 } }],
      ['a step more', pulse, { ...pulse, volts: 1 + step }],
      ['a step less', pulse, { ...pulse, volts: 1 - step }],
      ['volts that are not a code', pulse, { ...pulse, volts: 1 - step / 2 }],
      ['the other polarity', pulse, { ...pulse, volts: -1 }],
      ['another width', pulse, { ...pulse, width: 1 / 16 }],
      ['another scheme', pulse, { ...pulse, bias: 'third' }],
      ['no volts', pulse, { ...pulse, volts: 0 }],
      ['NaN', pulse, { ...pulse, volts: Number.NaN }],
      ['another kind', pulse, { ...read, cells: [pulse.cell] }],
      ['a cell more', read, { ...read, cells: [pulse.cell, pulse.cell] }],
      ['another line voltage', frame, { ...frame, bitVolts: [0, 0, step, 0] }],
      ['a line less', frame, { ...frame, bitVolts: [0, 0, 0] }],
      [
        'a write for a read',
        { ...frame, sense: true, wordVolts: [0.25, 0, 0] },
        { ...frame, wordVolts: [0.25, 0, 0] },
      ],
      ['a longer envelope', loop, changed(loop, ['envelope', 'maxPulses'], 11)],
      ['another pulse in the envelope', loop, changed(loop, ['envelope', 'pulses', 0, 'volts'], 1 + step)],
      ['another cell of a loop', loop, changed(loop, ['cells', 0, 'bit'], 1)],
      ['another wait', { kind: 'wait', seconds: 1 }, { kind: 'wait', seconds: 0.5 }],
    ])('%s', (_, asked, held) => {
      expect(thrownBy(() => gateBefore([asked]).admit(0, held))).toMatchObject({
        code: 'gate',
        details: { operation: 0 },
      });
    });

    test('nothing is done twice, and nothing backwards', () => {
      const gate = gateBefore([pulse, pulse, pulse]);
      gate.admit(0, pulse);
      expect(() => gate.admit(0, pulse)).toThrow(
        'operation 0: refused before the act: operation 0 was admitted before, and a schedule runs forward',
      );
      gate.admit(2, pulse);
      expect(() => gate.admit(1, pulse)).toThrow('operation 2 was admitted before');
      expect(() => gate.admit(3, pulse)).toThrow('the schedule has no such operation');
    });

    test('a refused operation does not get a second chance', () => {
      const gate = gateBefore([pulse]);
      expect(() => gate.admit(0, { ...pulse, volts: 2 })).toThrow(ScheduleError);
      expect(() => gate.admit(0, pulse)).toThrow('was admitted before');
    });
  });

  test('does not follow limits that change after it was set up', () => {
    const area = structuredClone(limits);
    const gate = gateBefore([{ ...pulse, volts: 2.5 }], area);
    Object.assign(area.voltage.pulse, { positive: 9 });
    Object.assign(area.voltage, { line: 9, unselected: 9 });
    Object.assign(area.envelope[1]!, { volts: 9 });
    expect(() => gate.admit(0, { ...pulse, volts: 2.5 })).toThrow(ScheduleError);
    expect(() => admitAll([{ ...pulse, volts: 2.5 }], area)).not.toThrow();
  });

  test('does not follow a driver that changes after it was set up', () => {
    const grid = { ...driver };
    const gate = gateBefore([{ ...pulse, width: 1 / 2048 }], limits, grid);
    Object.assign(grid, { stepWidth: 1 / 2048 });
    expect(() => gate.admit(0, { ...pulse, width: 1 / 2048 })).toThrow('the volts and width would not be');
  });

  describe('counts', () => {
    test('the pulses and reads of each cell', () => {
      const few = changed(
        changed(limits, ['endurance', 'pulsesPerCell'], 2),
        ['endurance', 'readsPerCell'],
        3,
      );
      const other = { ...pulse, cell: { word: 0, bit: 0 } };
      expect(() => admitAll([pulse, other, pulse, other], few)).not.toThrow();
      expect(() => admitAll([pulse, other, pulse, pulse], few)).toThrow(
        'operation 3 (w1 b2): refused before the act: endurance',
      );
      expect(() => admitAll([read, read, read, read], few)).toThrow('operation 3 (w1 b2)');
      // A loop that a backend runs by itself is charged with its worst case.
      expect(() => admitAll([loop], changed(limits, ['endurance', 'pulsesPerCell'], 9))).toThrow('endurance');
    });

    test('what a frame does to the cells that it pulses or reads', () => {
      const few = changed(limits, ['endurance', 'pulsesPerCell'], 1);
      expect(() => admitAll([frame, { ...pulse, cell: { word: 2, bit: 0 } }], few)).not.toThrow();
      expect(() => admitAll([frame, { ...pulse, cell: { word: 0, bit: 3 } }], few)).toThrow(
        'operation 1 (w0 b3)',
      );
    });
  });

  describe('of a loop step by step', () => {
    test('admits the pulses of the envelope and no more of them than it says', () => {
      const gate = gateBefore([pulse, loop, pulse]);
      gate.admit(0, pulse);
      gate.admitStep(1, loopRead);
      for (let k = 0; k < 10; k++) {
        gate.admitStep(1, { ...loopPulse, ...(k % 2 === 0 ? {} : { volts: -1.25, width: 1 / 16 }) });
        gate.admitStep(1, loopRead);
      }
      expect(() => gate.admitStep(1, loopPulse)).toThrow(
        'operation 1 (w0 b0): refused before the act: the envelope allows 10 pulses and 11 reads of a cell',
      );
      gate.admitStep(1, { ...loopPulse, cell: loop.cells[1]! });
      gate.admit(2, pulse);
      expect(() => gate.admitStep(1, loopRead)).toThrow('operation 2 was admitted before');
    });

    test.each<[string, PulseOperation | ReadOperation, string]>([
      [
        'a pulse that the envelope does not have',
        { ...loopPulse, volts: 1 + step },
        'has no pulse like this',
      ],
      [
        'the volts of one and the width of another',
        { ...loopPulse, width: 1 / 16 },
        'has no pulse like this',
      ],
      ['another cell', { ...loopPulse, cell: { word: 1, bit: 1 } }, 'does not name this cell'],
      ['a cell outside', { ...loopPulse, cell: { word: 9, bit: 1 } }, 'the array has no such cell'],
      ['another scheme', { ...loopPulse, bias: 'grounded' }, 'the bias would not be'],
      ['a stronger read', { ...loopRead, volts: 0.5 }, 'has no read like this'],
      ['a read under the scheme of the pulses', { ...loopRead, bias: 'half' }, 'the bias would not be'],
    ])('refuses %s', (_, step, message) => {
      expect(() => gateBefore([loop]).admitStep(0, step)).toThrow(message);
      // Nor does a step slip in behind those that passed.
      const gate = gateBefore([loop]);
      gate.admitStep(0, loopRead);
      gate.admitStep(0, loopPulse);
      expect(() => gate.admitStep(0, step)).toThrow(message);
    });

    test('looks again at a bias scheme that has no name, which may have changed', () => {
      const gate = gateBefore([loop]);
      const bias = { ...biasSchemes.half };
      gate.admitStep(0, { ...loopPulse, bias });
      Object.assign(bias, biasSchemes.grounded);
      expect(() => gate.admitStep(0, { ...loopPulse, bias })).toThrow('the bias would not be');
    });

    test('refuses steps of an operation that has none, or that was admitted as a whole', () => {
      expect(() => gateBefore([pulse]).admitStep(0, pulse)).toThrow('a pulse has no steps');
      const gate = gateBefore([loop]);
      gate.admit(0, loop);
      expect(() => gate.admitStep(0, loopPulse)).toThrow('was admitted before');
    });

    test('counts reads apart from pulses', () => {
      const gate = gateBefore([loop]);
      for (let k = 0; k < 11; k++) {
        gate.admitStep(0, loopRead);
      }
      expect(() => gate.admitStep(0, loopRead)).toThrow('the envelope allows 10 pulses and 11 reads');
    });

    test('compares each step with the limits again', () => {
      const narrowed = changed(limits, ['voltage', 'pulse', 'negative'], 1);
      const gate = gateBefore([loop], narrowed);
      gate.admitStep(0, loopPulse);
      expect(() => gate.admitStep(0, { ...loopPulse, volts: -1.25, width: 1 / 16 })).toThrow(
        'voltage.pulse.negative',
      );
    });
  });
});
