import { cellIndex } from '../array/geometry.ts';
import type { RunData } from '../files/load-run.ts';
import type { Verdict } from '../run/backend.ts';
import type { CellResult, Cost, OperationResult } from '../run/backend.ts';
import type { Operation } from '../schedule/operation.ts';

/** Totals of all operations of one kind. */
export interface LedgerEntry {
  readonly operations: number;
  readonly pulses: number;
  readonly reads: number;
  readonly cost: Cost;
}

/** What the events of a run say of its cells. Arrays are [cells], row-major. */
export interface CellRecord {
  /** Last outcome of a write-verify loop, or undefined where none ran. */
  readonly outcomes: readonly (Verdict | undefined)[];
  readonly pulses: Uint32Array;
  /** Largest accepted |G - target| / target; NaN where none was asked. */
  readonly tolerances: Float64Array;
  /** In the order of first use. */
  readonly ledger: ReadonlyMap<Operation['kind'], LedgerEntry>;
  /** For each outcome and number of pulses the first cell that had them: enough to choose examples from. */
  readonly examples: ReadonlyMap<Verdict, ReadonlyMap<number, CellResult>>;
}

/**
 * Read the events of a run once and keep what a report needs.
 *
 * @throws ConfigError when an event is damaged
 * @example
 * const record = await recordCells(await loadRun('runs/first'));
 */
export async function recordCells(run: RunData): Promise<CellRecord> {
  const cells = run.targets.length;
  const outcomes: (Verdict | undefined)[] = Array.from({ length: cells }, () => undefined);
  const pulses = new Uint32Array(cells);
  const tolerances = new Float64Array(cells).fill(Number.NaN);
  const ledger = new Map<Operation['kind'], LedgerEntry>();
  const examples = new Map<Verdict, Map<number, CellResult>>();
  for await (const { operation: position, result } of run.events()) {
    book(ledger, result);
    const operation = run.schedule.operations[position];
    if (operation?.kind === 'pulse') {
      pulses[cellIndex(run.geometry, operation.cell)]! += 1;
    }
    if (result.kind === 'programVerify' && operation?.kind === 'programVerify') {
      for (const cell of result.cells) {
        const index = cellIndex(run.geometry, cell.cell);
        outcomes[index] = cell.outcome;
        pulses[index]! += cell.trace.length;
        tolerances[index] = operation.tolerance;
        keepExample(examples, cell);
      }
    }
  }
  return { outcomes, pulses, tolerances, ledger, examples };
}

function book(ledger: Map<Operation['kind'], LedgerEntry>, result: OperationResult): void {
  const { cost } = result;
  const { pulses, reads } = countSteps(result);
  const before = ledger.get(result.kind);
  ledger.set(result.kind, {
    operations: (before?.operations ?? 0) + 1,
    pulses: (before?.pulses ?? 0) + pulses,
    reads: (before?.reads ?? 0) + reads,
    cost: {
      seconds: (before?.cost.seconds ?? 0) + cost.seconds,
      joules: (before?.cost.joules ?? 0) + cost.joules,
      coulombs: (before?.cost.coulombs ?? 0) + cost.coulombs,
    },
  });
}

function countSteps(result: OperationResult): { pulses: number; reads: number } {
  switch (result.kind) {
    case 'pulse':
      return { pulses: 1, reads: 0 };
    case 'read':
      return { pulses: 0, reads: result.readings.length };
    case 'programVerify':
      return {
        pulses: result.cells.reduce((total, cell) => total + cell.trace.length, 0),
        reads: result.cells.reduce((total, cell) => total + cell.reads, 0),
      };
    case 'wait':
    case 'frame':
      return { pulses: 0, reads: 0 };
  }
}

function keepExample(examples: Map<Verdict, Map<number, CellResult>>, cell: CellResult): void {
  const known = examples.get(cell.outcome);
  if (known === undefined) {
    examples.set(cell.outcome, new Map([[cell.trace.length, cell]]));
  } else if (!known.has(cell.trace.length)) {
    known.set(cell.trace.length, cell);
  }
}
