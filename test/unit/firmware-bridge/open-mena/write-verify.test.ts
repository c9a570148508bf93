import { describe, expect, test } from 'vitest';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import { backendLaws } from '../../../../src/laws/backend-laws.ts';
import { recordRun } from '../../../../src/laws/backend-subject.ts';
import { hurriedClock } from '../../../../firmware-bridge/transport/clock.ts';
import { thresholdKnowledge } from '../threshold-device.ts';
import type { VirtualBoard } from '../../../../firmware-bridge/virtual/virtual-board.ts';
import { driverOn, program, targets, tolerance, virtualBench } from './open-mena-bench.ts';

function driverTo(board: VirtualBoard) {
  const clock = hurriedClock;
  return driverOn(connectBoard(board, 'virtual open-mena', { clock }), clock);
}

describe('OpenMENA driver on its virtual twin', () => {
  test('brings every cell of an array to its target', async () => {
    const { crossbar, board } = virtualBench(hurriedClock);
    const events = await recordRun({ backend: driverTo(board), program, device: thresholdKnowledge });
    const cells = events.flatMap(({ result }) => (result.kind === 'programVerify' ? result.cells : []));
    expect(cells.map(({ outcome }) => outcome)).toEqual(targets.map(() => 'converged'));
    for (const [index, conductance] of crossbar.conductances().entries()) {
      // The converter resolves 0.4 %, and the other cells of a bit line take some of the current.
      expect(Math.abs(conductance / targets[index]! - 1)).toBeLessThan(tolerance + 0.01);
    }
    expect(board.counts.pulses).toBe(1 + cells.reduce((sum, { trace }) => sum + trace.length, 0));
  });

  test('a parallel read measures the sum of the cells of each bit line', async () => {
    const { crossbar, board } = virtualBench(hurriedClock);
    const events = await recordRun({ backend: driverTo(board), program, device: thresholdKnowledge });
    const last = events.at(-1)?.result;
    const g = crossbar.conductances();
    const expected = [0.1 * (g[0]! + g[2]!), 0.1 * (g[1]! + g[3]!)];
    const found = last?.kind === 'frame' ? last.bitCurrents : [];
    // Of eight bit lines the array has two.
    expect(found).toHaveLength(2);
    for (const [bit, amperes] of found.entries()) {
      expect(Math.abs(amperes / expected[bit]! - 1)).toBeLessThan(0.02);
    }
  });

  for (const law of backendLaws(() => {
    const { board } = virtualBench(hurriedClock);
    return { backend: driverTo(board), program, device: thresholdKnowledge };
  })) {
    test(`keeps the law: ${law.name}`, async () => {
      await expect(law.check({ numRuns: 3, seed: 11 })).resolves.toBeUndefined();
    });
  }
});
