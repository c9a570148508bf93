import * as fc from 'fast-check';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emitSequencer } from '../../hdl-gen/sequencer/emit-sequencer.ts';
import type { SequencerBoard } from '../../hdl-gen/sequencer/board.ts';
import type { Geometry } from '../../src/array/geometry.ts';
import { certify } from '../../src/schedule/compile.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import type { Operation } from '../../src/schedule/operation.ts';
import type { SafeOperatingArea } from '../../src/schedule/safe-operating-area.ts';
import { createSchedule, type Schedule } from '../../src/schedule/schedule.ts';
import type { Timing } from '../../src/schedule/timing.ts';

export const driver: DriverGrid = {
  minVolts: -5,
  maxVolts: 5,
  stepVolts: 0.01,
  minWidth: 1e-8,
  maxWidth: 10,
  stepWidth: 1e-8,
  errorVolts: 0.002,
};

export const timing = { gap: 1e-5 };

export const safeOperatingArea: SafeOperatingArea = {
  format: 'ohmloom-soa',
  version: 1,
  array: 'bench array',
  source: 'test',
  voltage: {
    pulse: { positive: 3, negative: 3 },
    read: { positive: 1, negative: 1 },
    line: 4,
    unselected: 2.1,
  },
  width: { pulse: { min: 1e-8, max: 1e-3 }, read: { min: 1e-8, max: 1e-3 } },
  envelope: [{ volts: 4, width: 1 }],
  energy: { perPulse: 1, lowestResistance: 1000 },
  compliance: { current: 1, seriesResistance: 0, lineCurrent: 1 },
  halfSelect: [{ volts: 0.5, total: 100 }],
  endurance: { pulsesPerCell: 1e6, cyclesPerCell: 1e6, readsPerCell: 1e6 },
  response: { conductance: { min: 1e-9, max: 0.1 }, relativeStep: 10, wrongDirection: 10 },
};

/** Every kind of act, every bias scheme, both polarities, the shortest width, a line at 0 V, a repeated code. */
export const everyAct: Schedule = createSchedule({ wordLines: 5, bitLines: 3 }, [
  { kind: 'pulse', cell: { word: 1, bit: 2 }, volts: 2, width: 1.3e-6, bias: 'half' },
  { kind: 'wait', seconds: 2e-6 },
  { kind: 'pulse', cell: { word: 0, bit: 0 }, volts: -1.5, width: 1e-8, bias: 'third' },
  {
    kind: 'read',
    cells: [
      { word: 1, bit: 1 },
      { word: 4, bit: 2 },
    ],
    volts: 0.5,
    width: 3e-6,
    bias: 'grounded',
  },
  { kind: 'frame', wordVolts: [1, 0, 1, 0.5, 0], bitVolts: [0, -0.5, -0.5], width: 8e-7, sense: false },
  { kind: 'frame', wordVolts: [0.3, 0.3, 0, 0, 0], bitVolts: [0, 0, 0], width: 5e-6, sense: true },
  { kind: 'pulse', cell: { word: 4, bit: 0 }, volts: 1.234, width: 7.777e-7, bias: 'grounded' },
]);

/** Schedules over small arrays that the board can execute. */
export const schedules: fc.Arbitrary<Schedule> = fc
  .record({ wordLines: fc.integer({ min: 1, max: 5 }), bitLines: fc.integer({ min: 1, max: 5 }) })
  .chain((geometry) =>
    fc
      .array(operations(geometry), { minLength: 1, maxLength: 6 })
      .map((acts) => createSchedule(geometry, acts)),
  );

function operations({ wordLines, bitLines }: Geometry): fc.Arbitrary<Operation> {
  const cell = fc.record({ word: fc.nat({ max: wordLines - 1 }), bit: fc.nat({ max: bitLines - 1 }) });
  const bias = fc.constantFrom('half' as const, 'third' as const, 'grounded' as const);
  const volts = (most: number): fc.Arbitrary<number> =>
    fc
      .integer({ min: -100 * most, max: 100 * most })
      .filter((steps) => Math.abs(steps) >= 10)
      .map((steps) => steps / 100);
  const width = fc.integer({ min: 1, max: 300 }).map((ticks) => ticks * driver.stepWidth);
  const readWidth = fc.integer({ min: 400, max: 600 }).map((ticks) => ticks * driver.stepWidth);
  const levels = (size: number, most: number): fc.Arbitrary<number[]> =>
    fc
      .tuple(volts(most), volts(most))
      .chain(([one, other]) =>
        fc.array(fc.constantFrom(0, one, other), { minLength: size, maxLength: size }),
      );
  return fc.oneof(
    fc.record({ kind: fc.constant('pulse' as const), cell, volts: volts(2), width, bias }),
    fc.record({
      kind: fc.constant('read' as const),
      cells: fc.array(cell, { minLength: 1, maxLength: 3 }),
      volts: volts(0.9),
      width: readWidth,
      bias,
    }),
    fc.record({ kind: fc.constant('wait' as const), seconds: width }),
    fc
      .record({
        kind: fc.constant('frame' as const),
        wordVolts: levels(wordLines, 1),
        bitVolts: levels(bitLines, 1),
        width,
        sense: fc.constant(false),
      })
      .filter(({ wordVolts, bitVolts }) => [...wordVolts, ...bitVolts].some((level) => level !== 0)),
  );
}

/** A sequencer for a schedule, written to a folder. */
export async function writeSequencer(
  folder: string,
  schedule: Schedule,
  board: Partial<SequencerBoard> = {},
  pace: Timing = timing,
): Promise<void> {
  const certificate = certify(schedule, safeOperatingArea, driver);
  const files = emitSequencer({ schedule, certificate, safeOperatingArea, driver, timing: pace, board });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) {
    await writeFile(join(folder, name), text);
  }
}
