import * as fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { simulateIcarus } from '../../hdl-gen/toolchain/icarus.ts';
import { buildVerilator, lintVerilator, runVerilated } from '../../hdl-gen/toolchain/verilator.ts';
import { inWorkFolder } from '../../hdl-gen/toolchain/work-folder.ts';
import type { PulseOperation } from '../../src/schedule/operation.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import { scheduledEdges, simulatedEdges } from './line-edges.ts';
import { driver, everyAct, schedules, timing, writeSequencer } from './sequencer-cases.ts';

const bench = { sources: ['-f', 'testbench.f'], top: 'sequencer_testbench' };
/** The shortest that the default board can keep. */
const shortGap = { gap: 3.07e-6 };

describe.skipIf(missingTools(['iverilog', 'vvp']).length > 0)('in Icarus Verilog', () => {
  test('every kind of act is on the lines when the schedule says, to the femtosecond', async () => {
    await inWorkFolder(async (folder) => {
      await writeSequencer(folder, everyAct);
      expect(await simulateIcarus(bench, { folder })).toMatch(/^pass$/mu);
      const dump = await readFile(join(folder, 'sequencer.vcd'), 'utf8');
      const edges = simulatedEdges(dump, everyAct);
      expect(edges.length).toBeGreaterThan(30);
      expect(edges).toEqual(scheduledEdges(everyAct, driver, timing));
    });
  });

  test('any schedule, on boards of any clock', async () => {
    const boards = fc.record({
      clocksPerTick: fc.constantFrom(1, 2, 4),
      spiHalfClocks: fc.integer({ min: 1, max: 2 }),
      deadTime: fc.constantFrom(1e-8, 1e-7),
    });
    await fc.assert(
      fc.asyncProperty(schedules, boards, async (schedule, board) =>
        inWorkFolder(async (folder) => {
          await writeSequencer(folder, schedule, board);
          expect(await simulateIcarus(bench, { folder })).toMatch(/^pass$/mu);
          const dump = await readFile(join(folder, 'sequencer.vcd'), 'utf8');
          expect(simulatedEdges(dump, schedule)).toEqual(scheduledEdges(schedule, driver, timing));
        }),
      ),
      { numRuns: 12, seed: 1, endOnFailure: true },
    );
  });
});

describe.skipIf(missingTools(['verilator']).length > 0)('in Verilator', () => {
  test('no source raises a warning', async () => {
    await inWorkFolder(async (folder) => {
      await writeSequencer(folder, everyAct);
      await expect(
        lintVerilator({ sources: ['-f', 'board.f'], top: 'sequencer_board' }, { folder }),
      ).resolves.toBeUndefined();
    });
  });

  test('2,000 pulses in less than 30 s, each on the lines when the schedule says', async () => {
    const { geometry, operations } = everyAct;
    const pulses = Array.from({ length: 2000 }, (_, index): PulseOperation => ({
      kind: 'pulse',
      cell: { word: index % geometry.wordLines, bit: (index >> 3) % geometry.bitLines },
      volts: (index % 2 === 0 ? 1 : -1) * (0.5 + (index % 150) / 100),
      width: (1 + (index % 50)) * driver.stepWidth,
      bias: (['half', 'third', 'grounded'] as const)[index % 3]!,
    }));
    const schedule = createSchedule(geometry, [...operations, ...pulses]);
    await inWorkFolder(async (folder) => {
      await writeSequencer(folder, schedule, {}, shortGap);
      const program = await buildVerilator(bench, { folder, deadline: 300 }, ['--trace']);
      expect(await runVerilated(program, { folder, deadline: 30 })).toMatch(/^pass$/mu);
      const dump = await readFile(join(folder, 'sequencer.vcd'), 'utf8');
      const edges = simulatedEdges(dump, schedule);
      expect(edges.length).toBeGreaterThan(12_000);
      // One comparison: a difference of two long lists would be printed line by line.
      const expected = scheduledEdges(schedule, driver, shortGap);
      const different = edges.findIndex((edge, position) => edge !== expected[position]);
      expect([edges.length, edges[different]]).toEqual([expected.length, expected[different]]);
    });
  }, 400_000);
});
