import { operationDigest } from '../schedule/digest.ts';
import type { Operation } from '../schedule/operation.ts';
import type { Seconds } from '../units.ts';
import type { Backend, CheckedProgram, OperationResult } from './backend.ts';
import type { DeviceKnowledge } from './device-knowledge.ts';
import { EventTurns } from './event-turns.ts';
import { expandProgramVerify } from './expand-program-verify.ts';
import type { RunControl } from './run-control.ts';
import type { RunEvent } from './run-record.ts';

/** Where the events of a run go; a failure to write one ends the run before the next operation. */
export interface Journal {
  append(event: RunEvent): void;
}

export interface EngineOptions {
  readonly backend: Backend;
  readonly program: CheckedProgram;
  readonly journal: Journal;
  readonly control: RunControl;
  /** What the engine must know of the device when it expands a loop that the backend cannot run by itself. */
  readonly device: DeviceKnowledge;
  /** Called after every operation. */
  readonly onOperation?: (event: RunEvent) => void;
}

/** How a run ended, when it did not end with an error. */
export type RunStatus = 'done' | 'interrupted';

/**
 * Run a program on a backend, one operation after the other. The outputs are at their safe state when this
 * returns or throws, whatever happened.
 *
 * @throws ScheduleError before anything is sent, when the program is not the one that was certified
 * @throws SafetyStop when an answer crosses a limit
 */
export function runProgram(options: EngineOptions): Promise<RunStatus> {
  return runArmed(options, () => runOperations(options));
}

/**
 * Open the backend, arm it with the program and let `run` do with it what it will. The outputs are at their safe state
 * when this returns or throws, whatever happened.
 *
 * @throws ScheduleError before `run` is called, when the program is not the one that was certified
 */
export async function runArmed(options: EngineOptions, run: () => Promise<RunStatus>): Promise<RunStatus> {
  const { backend, program, control } = options;
  let stopping: Promise<void> = Promise.resolve();
  const stopNow = (): void => {
    stopping = backend.safe();
  };
  control.stopSignal.addEventListener('abort', stopNow);
  try {
    await backend.open();
    await backend.arm(program);
    return await run();
  } finally {
    control.stopSignal.removeEventListener('abort', stopNow);
    try {
      await stopping;
      await backend.safe();
    } finally {
      await backend.close();
    }
  }
}

async function runOperations(options: EngineOptions): Promise<RunStatus> {
  const { program, journal, control, onOperation } = options;
  let at: Seconds = 0;
  const turns = new EventTurns();
  for (const [index, operation] of program.schedule.operations.entries()) {
    if (control.pauseRequested) {
      return 'interrupted';
    }
    const result = await executeOperation(options, index, operation);
    const event: RunEvent = { operation: index, digest: operationDigest(operation), at, result };
    journal.append(event);
    onOperation?.(event);
    at += result.cost.seconds;
    await turns.takeIfDue();
  }
  return 'done';
}

function executeOperation(
  { backend, program, device }: EngineOptions,
  index: number,
  operation: Operation,
): Promise<OperationResult> {
  if (
    operation.kind === 'programVerify' &&
    !backend.capabilities().policies.includes(operation.policy.name)
  ) {
    return expandProgramVerify({ backend, program, device, index, operation });
  }
  return backend.execute(index);
}
