import { describe, expect, test } from 'vitest';
import type { RunData } from '../../../src/files/load-run.ts';
import { relativeErrors, sharedTolerance } from '../../../src/report/cell-error.ts';
import { recordCells } from '../../../src/report/cell-record.ts';
import { sampleCells } from '../../../src/report/sample-cells.ts';
import type { CellResult } from '../../../src/run/backend.ts';
import type { RunEvent } from '../../../src/run/run-record.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import {
  sampleBefore,
  sampleCertificate,
  sampleConductances,
  sampleEvents,
  sampleGeometry,
  sampleManifest,
  sampleSafeOperatingArea,
  sampleSchedule,
  sampleTargets,
} from '../files/sample-run.ts';

function runOf(events: readonly RunEvent[], schedule = sampleSchedule): RunData {
  return {
    path: 'runs/sample',
    manifest: sampleManifest,
    schedule,
    safeOperatingArea: sampleSafeOperatingArea,
    certificate: sampleCertificate,
    geometry: sampleGeometry,
    targets: sampleTargets,
    before: sampleBefore,
    conductances: sampleConductances,
    async *events() {
      yield* events;
    },
  };
}

describe('the record of the cells', () => {
  test('holds outcome, pulses and tolerance of every cell', async () => {
    const record = await recordCells(runOf(sampleEvents));
    expect(record.outcomes).toEqual([...Array.from({ length: 5 }, () => 'converged'), 'gave-up']);
    expect([...record.pulses]).toEqual([0, 1, 2, 3, 4, 3]);
    expect([...record.tolerances]).toEqual(Array.from({ length: 6 }, () => 0.01));
  });

  test('books every operation once, and the sum agrees with the manifest', async () => {
    const { ledger } = await recordCells(runOf(sampleEvents));
    expect(ledger.get('programVerify')).toEqual({
      operations: 1,
      pulses: 13,
      reads: 19,
      cost: { seconds: 1.9e-5, joules: 2.9e-9, coulombs: 1e-9 },
    });
    expect(ledger.get('read')).toMatchObject({ operations: 1, pulses: 0, reads: 1 });
    const joules = [...ledger.values()].reduce((sum, entry) => sum + entry.cost.joules, 0);
    expect(joules).toBeCloseTo(sampleManifest.summary.energyJoules, 15);
  });

  test('keeps the last outcome of a cell that is programmed twice, and counts the pulses of both', async () => {
    const [first] = sampleEvents;
    const record = await recordCells(runOf([first!, first!]));
    expect([...record.pulses]).toEqual([0, 2, 4, 6, 8, 6]);
    expect(record.ledger.get('programVerify')?.operations).toBe(2);
  });

  test('counts single pulses where the schedule says they went', async () => {
    const schedule = createSchedule(sampleGeometry, [
      { kind: 'pulse', cell: { word: 1, bit: 0 }, volts: 1, width: 1e-7, bias: 'half' },
    ]);
    const cost = { seconds: 1e-6, joules: 1e-12, coulombs: 1e-12 };
    const event: RunEvent = {
      operation: 0,
      digest: '0'.repeat(64),
      at: 0,
      result: { kind: 'pulse', volts: 1, width: 1e-7, cost },
    };
    const record = await recordCells(runOf([event, event], schedule));
    expect([...record.pulses]).toEqual([0, 0, 0, 2, 0, 0]);
    expect(record.outcomes).toEqual(Array.from({ length: 6 }, () => undefined));
    expect(sampleCells(record)).toEqual([]);
  });
});

describe('sample cells', () => {
  test('are the quickest, a typical and the slowest success, and the longest failures', async () => {
    const [loop] = sampleEvents;
    const cell = (pulses: number, outcome: CellResult['outcome']): CellResult => ({
      cell: { word: 0, bit: 0 },
      target: 1e-5,
      outcome,
      before: 1e-6,
      conductance: 1e-5,
      reads: pulses + 1,
      trace: Array.from({ length: pulses }, () => ({ volts: 1, width: 1e-7, conductance: 1e-5 })),
    });
    const cells = [
      ...Array.from(sampleTargets, (_, index) => ({
        ...cell([2, 4, 4, 4, 9, 9][index]!, 'converged'),
        cell: { word: Math.floor(index / 3), bit: index % 3 },
      })),
      cell(20, 'gave-up'),
      cell(50, 'gave-up'),
      cell(12, 'stuck-low'),
    ];
    const result = { ...loop!.result, kind: 'programVerify' as const, cells };
    const record = await recordCells(runOf([{ ...loop!, result }]));
    const outcomes = Array.from({ length: 6 }, () => 'converged' as const);
    const pulses = Uint32Array.from([2, 4, 4, 4, 9, 9]);
    const samples = sampleCells({ ...record, outcomes, pulses });
    expect(samples.map(({ why, result: sample }) => [why, sample.trace.length])).toEqual([
      ['fewest pulses', 2],
      ['typical', 4],
      ['slower than 9 in 10', 9],
      ['gave up', 50],
      ['stuck low', 12],
    ]);
  });
});

describe('errors', () => {
  test('are relative to the target, and missing where there is none', () => {
    const errors = relativeErrors(
      new Float64Array([1.02e-5, 1e-5, 1]),
      new Float64Array([1e-5, Number.NaN, 0]),
    );
    expect(errors[0]).toBeCloseTo(0.02, 12);
    expect(errors.slice(1)).toEqual(new Float64Array([Number.NaN, Number.NaN]));
  });

  test('share a tolerance only when there is one', () => {
    expect(sharedTolerance(new Float64Array([0.01, Number.NaN, 0.01]))).toBe(0.01);
    expect(sharedTolerance(new Float64Array([0.01, 0.02]))).toBeUndefined();
    expect(sharedTolerance(new Float64Array([Number.NaN]))).toBeUndefined();
  });
});
