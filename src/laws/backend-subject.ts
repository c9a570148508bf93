import { OhmloomError } from '../errors.ts';
import type { Backend, CheckedProgram } from '../run/backend.ts';
import type { DeviceKnowledge } from '../run/device-knowledge.ts';
import { runProgram } from '../run/engine.ts';
import { RunControl } from '../run/run-control.ts';
import type { RunEvent } from '../run/run-record.ts';
import { requireThat } from './law.ts';

/** A backend and what to try on it. */
export interface BackendSubject {
  /** Not yet opened. */
  readonly backend: Backend;
  /** That the backend takes and runs to its end; two operations or more, better all kinds. */
  readonly program: CheckedProgram;
  /** Of the array behind the backend. */
  readonly device: DeviceKnowledge;
}

/** Makes a fresh backend for every case: on a real bench, the same one after it was closed. */
export type BackendFactory = () => BackendSubject | Promise<BackendSubject>;

/** Run the whole program through the engine. */
export async function recordRun({ backend, program, device }: BackendSubject): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const journal = { append: (event: RunEvent) => void events.push(event) };
  await runProgram({ backend, program, journal, control: new RunControl(), device });
  return events;
}

/**
 * Hold a promise to be rejected with a typed error.
 *
 * @param act - how to name it in the message
 * @returns the error
 */
export async function requireRefusal(act: string, promise: Promise<unknown>): Promise<OhmloomError> {
  const outcome = await promise.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  requireThat(outcome instanceof OhmloomError, () => `${act}: ${String(outcome)}, expected a refusal`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above has looked
  return outcome as OhmloomError;
}
