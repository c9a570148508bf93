import { describe, expect, test } from 'vitest';
import { hurriedClock } from '../../../../firmware-bridge/transport/clock.ts';
import { backendLaws } from '../../../../src/laws/backend-laws.ts';
import { recordRun } from '../../../../src/laws/backend-subject.ts';
import { checkedProgram } from '../board-program.ts';
import { thresholdKnowledge } from '../threshold-device.ts';
import {
  driver,
  driverOn,
  geometry,
  linesTo,
  operations,
  settingsOf,
  targets,
  tolerance,
  virtualBench,
} from './bench.ts';

const clock = hurriedClock;
const program = checkedProgram(geometry, driver, operations);

describe.each(['keithley-2400', 'keithley-2600'] as const)('bench with a %s on its virtual twin', (kind) => {
  test('brings every cell to its target, and never moves a relay under voltage', async () => {
    const settings = settingsOf(kind);
    const bench = virtualBench(clock, settings);
    const backend = driverOn(linesTo(bench, clock), clock, settings);
    const events = await recordRun({ backend, program, device: thresholdKnowledge });
    const cells = events.flatMap(({ result }) => (result.kind === 'programVerify' ? result.cells : []));
    expect(cells.map(({ outcome }) => outcome)).toEqual(targets.map(() => 'converged'));
    for (const [index, conductance] of bench.crossbar.conductances().entries()) {
      expect(Math.abs(conductance / targets[index]! - 1)).toBeLessThan(tolerance);
    }
    expect(bench.board.counts).toMatchObject({ hotSwitches: 0, shorts: 0 });
    // One move to open and one to close per cell of the two passes over the array, not one per pulse.
    expect(bench.board.counts.moves).toBeLessThan(25);
  });
});

describe('bench driver', () => {
  for (const law of backendLaws(() => {
    const settings = settingsOf('keithley-2400');
    const backend = driverOn(linesTo(virtualBench(clock, settings), clock), clock, settings);
    return { backend, program, device: thresholdKnowledge };
  })) {
    test(`keeps the law: ${law.name}`, async () => {
      await expect(law.check({ numRuns: 3, seed: 12 })).resolves.toBeUndefined();
    });
  }
});
