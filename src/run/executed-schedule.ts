import type { Operation, ProgramVerifyOperation } from '../schedule/operation.ts';
import { createSchedule, type Schedule } from '../schedule/schedule.ts';
import type { CellResult } from './backend.ts';
import type { RunEvent } from './run-record.ts';

/**
 * The pulses and reads that a run really made, as a schedule: write-verify loops are replaced by their traces.
 * It is for looking at (VCD, PWL, CSV), not for running again.
 */
export function executedSchedule(schedule: Schedule, events: Iterable<RunEvent>): Schedule {
  const operations: Operation[] = [];
  for (const { operation: index, result } of events) {
    const operation = schedule.operations[index]!;
    if (operation.kind === 'programVerify' && result.kind === 'programVerify') {
      operations.push(...result.cells.flatMap((cell) => executedLoop(operation, cell)));
    } else {
      operations.push(operation);
    }
  }
  return createSchedule(schedule.geometry, operations);
}

function executedLoop({ read, bias }: ProgramVerifyOperation, { cell, trace }: CellResult): Operation[] {
  const readBack: Operation = { kind: 'read', cells: [cell], ...read };
  return [
    readBack,
    ...trace.flatMap(({ volts, width }): Operation[] => [
      { kind: 'pulse', cell, volts, width, bias },
      readBack,
    ]),
  ];
}
