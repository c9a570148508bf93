import type { Geometry } from '../array/geometry.ts';
import { UsageError } from '../errors.ts';
import { loadRun } from '../files/load-run.ts';
import { ReplayBackend } from '../run/replay-backend.ts';
import type { RunEvent } from '../run/run-record.ts';
import type { Lab } from './lab.ts';

/**
 * A backend that answers from a recorded run.
 *
 * @param recording - run folder
 * @throws UsageError when no folder is named
 * @throws ConfigError when the folder is not a whole run
 */
export async function openRecording(
  lab: Lab,
  geometry: Geometry,
  recording: string | undefined,
): Promise<ReplayBackend> {
  if (recording === undefined) {
    throw new UsageError('recording', 'backend replay: found no run folder to answer from', {
      hint: 'Name one with --recording DIR.',
    });
  }
  const run = await loadRun(recording);
  const events: RunEvent[] = [];
  for await (const event of run.events()) {
    events.push(event);
  }
  return new ReplayBackend({ capabilities: { geometry, driver: lab.driver }, events });
}
