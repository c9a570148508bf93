import { describe, expect, test } from 'vitest';
import { hurriedClock } from '../../../../firmware-bridge/transport/clock.ts';
import { backendLaws } from '../../../../src/laws/backend-laws.ts';
import { recordRun } from '../../../../src/laws/backend-subject.ts';
import { checkedProgram } from '../board-program.ts';
import { thresholdKnowledge } from '../threshold-device.ts';
import { driver, driverOn, geometry, operations, targets, tolerance, virtualBench } from './dico-bench.ts';

const clock = hurriedClock;
const program = checkedProgram(geometry, driver, operations);

describe('ArC DiCo driver on its virtual twin', () => {
  test('brings every cell to its target, one gate at a time', async () => {
    const bench = virtualBench(clock);
    const events = await recordRun({ backend: driverOn(bench, clock), program, device: thresholdKnowledge });
    const cells = events.flatMap(({ result }) => (result.kind === 'programVerify' ? result.cells : []));
    expect(cells.map(({ outcome }) => outcome)).toEqual(targets.map(() => 'converged'));
    for (const [index, conductance] of bench.crossbar.conductances().entries()) {
      expect(Math.abs(conductance / targets[index]! - 1)).toBeLessThan(tolerance);
    }
    expect(bench.board.gates.selected).toEqual([]);
    expect(bench.board.output.on).toBe(false);
  });

  for (const law of backendLaws(() => {
    const backend = driverOn(virtualBench(clock), clock);
    return { backend, program, device: thresholdKnowledge };
  })) {
    test(`keeps the law: ${law.name}`, async () => {
      await expect(law.check({ numRuns: 3, seed: 13 })).resolves.toBeUndefined();
    });
  }
});
