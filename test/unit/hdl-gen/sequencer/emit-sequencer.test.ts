import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emitSequencer } from '../../../../hdl-gen/sequencer/emit-sequencer.ts';
import { registers } from '../../../../hdl-gen/sequencer/register-map.ts';
import type { SequencerBoard } from '../../../../hdl-gen/sequencer/board.ts';
import { certify } from '../../../../src/schedule/compile.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { createSchedule, type Schedule } from '../../../../src/schedule/schedule.ts';
import type { Timing } from '../../../../src/schedule/timing.ts';
import { driver, everyAct, safeOperatingArea, schedules, timing } from '../../../oracle/sequencer-cases.ts';
import { loop } from '../../schedule/examples.ts';

function emit(schedule: Schedule, board: Partial<SequencerBoard> = {}, pace: Timing = timing) {
  const certificate = certify(schedule, safeOperatingArea, driver);
  return emitSequencer({ schedule, certificate, safeOperatingArea, driver, timing: pace, board });
}

function one(operation: Operation): Schedule {
  return createSchedule({ wordLines: 3, bitLines: 4 }, [operation]);
}

const pulse = { kind: 'pulse', cell: { word: 2, bit: 1 }, volts: 1, width: 5e-7, bias: 'half' } as const;

describe('pulse table', () => {
  test('holds the codes and ticks of a pulse', () => {
    const words = emit(one(pulse)).get('pulse_table.hex')!.split(' ').slice(0, 12);
    // Kind cell and last; word line 2, bit line 1; 50 steps above and below 0 V; 50 ticks; a gap of 1000 ticks.
    expect(words.slice(0, 11)).toEqual([
      '000a',
      '0002',
      '0001',
      '0032',
      '0000',
      'ffce',
      '0000',
      '0032',
      '0000',
      '03e8',
      '0000',
    ]);
  });

  test('adds up to 0xffff in every entry', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const lines = emit(schedule).get('pulse_table.hex')!.trim().split('\n');
        for (const line of lines) {
          const words = line
            .split(' // ')[0]!
            .split(' ')
            .map((word) => Number.parseInt(word, 16));
          expect(words.length).toBe(12);
          expect(words.reduce((sum, word) => sum + word, 0) % 65_536).toBe(0xffff);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('register map', () => {
  test('gives each register an address of its own, the same in Markdown and C', () => {
    const files = emit(everyAct);
    expect(new Set(registers.map(({ address }) => address)).size).toBe(registers.length);
    for (const { name, address } of registers) {
      const code = `0x${address.toString(16).padStart(2, '0')}`;
      expect(files.get('registers.md')).toContain(`| ${code} | ${name} |`);
      expect(files.get('ohmloom_sequencer.h')).toContain(`#define OHMLOOM_SEQ_${name} ${code}u `);
    }
  });
});

describe('what cannot be emitted', () => {
  test.each<[what: string, code: string, schedule: Schedule, board: Partial<SequencerBoard>, pace: Timing]>([
    ['a gap too short to get an act ready', 'sequencer-gap', everyAct, {}, { gap: 1e-6 }],
    ['a gap that is no whole number of ticks', 'sequencer-ticks', everyAct, {}, { gap: 1.00005e-5 }],
    ['more acts than the table holds', 'sequencer-table', everyAct, { tableEntries: 3 }, timing],
    ['a code that the DAC does not have', 'sequencer-code', everyAct, { dacBits: 8, zeroCode: 128 }, timing],
    ['a board without clocks', 'sequencer-board', everyAct, { clocksPerTick: 0 }, timing],
    ['an empty schedule', 'sequencer-empty', createSchedule({ wordLines: 1, bitLines: 1 }, []), {}, timing],
    [
      'a read that ends before its sample',
      'sequencer-sense',
      one({ kind: 'read', cells: [pulse.cell], volts: 0.5, width: 2e-8, bias: 'grounded' }),
      {},
      timing,
    ],
    [
      'a frame with three voltages on a side',
      'sequencer-rails',
      one({ kind: 'frame', wordVolts: [0.1, 0.2, 0.3], bitVolts: [0, 0, 0, 0], width: 1e-6, sense: false }),
      {},
      timing,
    ],
  ])('%s', (_what, code, schedule, board, pace) => {
    expect(() => emit(schedule, board, pace)).toThrow(expect.objectContaining({ code }));
  });

  test('a write-verify loop, with a way out', () => {
    const read = { volts: 0.25, width: 5e-6, bias: 'grounded' } as const;
    const schedule = one({
      ...loop,
      read,
      envelope: { pulses: [{ volts: 1, width: 1e-6 }], maxPulses: 2, maxReads: 3 },
    });
    expect(() => emit(schedule)).toThrow(
      expect.objectContaining({ code: 'sequencer-loop', hint: expect.stringContaining('--executed') }),
    );
  });

  test('a schedule that was changed after its check', () => {
    const certificate = certify(one(pulse), safeOperatingArea, driver);
    const schedule = one({ ...pulse, volts: 1.1 });
    expect(() => emitSequencer({ schedule, certificate, safeOperatingArea, driver, timing })).toThrow(
      expect.objectContaining({ code: 'certificate-mismatch' }),
    );
  });
});
