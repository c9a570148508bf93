import { expect, test } from 'vitest';
import type { CellResult, OperationResult } from '../../../src/run/backend.ts';
import { executedSchedule } from '../../../src/run/executed-schedule.ts';
import { RunTotals } from '../../../src/run/run-totals.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';

const geometry = { wordLines: 2, bitLines: 2 };
const cost = { seconds: 1e-3, joules: 2e-9, coulombs: 3e-9 };

function cellResult(word: number, bit: number, outcome: CellResult['outcome'], pulses: number): CellResult {
  const step = { volts: 0.8, width: 1e-6, conductance: 5e-5 };
  return {
    cell: { word, bit },
    target: 5e-5,
    outcome,
    before: 4e-5,
    conductance: 5e-5,
    reads: pulses + 1,
    trace: Array.from({ length: pulses }, () => step),
  };
}

const results: OperationResult[] = [
  {
    kind: 'programVerify',
    cells: [cellResult(0, 0, 'gave-up', 3), cellResult(0, 1, 'unreachable', 0)],
    cost,
  },
  { kind: 'programVerify', cells: [cellResult(0, 0, 'converged', 1)], cost },
  { kind: 'pulse', volts: 1, width: 1e-6, cost },
  {
    kind: 'read',
    volts: 0.2,
    width: 1e-6,
    readings: [
      { cell: { word: 0, bit: 0 }, conductance: 5.1e-5 },
      { cell: { word: 1, bit: 1 }, conductance: 7e-5 },
    ],
    cost,
  },
];

test('the last verdict of a cell counts, and pulses, reads, energy and time add up', () => {
  const totals = new RunTotals(geometry);
  for (const [operation, result] of results.entries()) {
    totals.add({ operation, digest: '', at: 0, result });
  }
  expect(totals.summary()).toEqual({
    cells: 2,
    converged: 1,
    gaveUp: 0,
    stuckHigh: 0,
    stuckLow: 0,
    unreachable: 1,
    pulses: 5,
    reads: 4 + 1 + 2 + 2,
    energyJoules: 8e-9,
    hardwareSeconds: 4e-3,
  });
  expect([...totals.before()]).toEqual([4e-5, 4e-5, Number.NaN, 7e-5]);
  expect([...totals.conductances()]).toEqual([5.1e-5, 5e-5, Number.NaN, 7e-5]);
});

test('the executed schedule has a read before each loop and a read after each pulse', () => {
  const read = { volts: 0.2, width: 1e-5, bias: 'grounded' } as const;
  const cells = [{ word: 0, bit: 0 }];
  const schedule = createSchedule(geometry, [
    {
      kind: 'programVerify',
      cells,
      targets: [5e-5],
      tolerance: 0.01,
      policy: { name: 'ispp', parameters: {} },
      read,
      bias: 'half',
      envelope: { pulses: [{ volts: 0.8, width: 1e-6 }], maxPulses: 9, maxReads: 10 },
    },
    { kind: 'wait', seconds: 1 },
  ]);
  const executed = executedSchedule(schedule, [
    { operation: 0, digest: '', at: 0, result: { ...results[1]! } },
    { operation: 1, digest: '', at: 0, result: { kind: 'wait', cost } },
  ]);
  expect(executed.operations).toEqual([
    { kind: 'read', cells, ...read },
    { kind: 'pulse', cell: cells[0], volts: 0.8, width: 1e-6, bias: 'half' },
    { kind: 'read', cells, ...read },
    { kind: 'wait', seconds: 1 },
  ]);
});
