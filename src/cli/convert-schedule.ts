import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readScheduleFile } from '../files/schedule-file.ts';
import { loadRun } from '../files/load-run.ts';
import { runFileNames } from '../files/run-folder.ts';
import type { RunEvent } from '../run/run-record.ts';
import { executedSchedule } from '../run/executed-schedule.ts';
import { scheduleToJson } from '../schedule/encode.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Timing } from '../schedule/timing.ts';
import { scheduleToCsv } from '../schedule/to-csv.ts';
import { scheduleToPwl } from '../schedule/to-pwl.ts';
import { scheduleToText } from '../schedule/to-text.ts';
import { scheduleToVcd } from '../schedule/to-vcd.ts';
import type { Seconds } from '../units.ts';

/** Forms that a schedule can be written in, by name. */
export const scheduleForms = {
  text: scheduleToText,
  json: scheduleToJson,
  vcd: scheduleToVcd,
  csv: scheduleToCsv,
  pwl: (schedule: Schedule, timing: Timing) => scheduleToPwl(schedule, timing, { riseTime: riseSeconds }),
} as const satisfies Record<string, (schedule: Schedule, timing: Timing) => string>;

/** Edges of a PWL source; well below any width that a controller makes. */
const riseSeconds: Seconds = 1e-9;

/** The schedule of a file or run folder; with `executed`, what the run really did. */
export async function loadScheduleOf(path: string, executed: boolean): Promise<Schedule> {
  if (executed) {
    const run = await loadRun(path);
    const events: RunEvent[] = [];
    for await (const event of run.events()) {
      events.push(event);
    }
    return executedSchedule(run.schedule, events);
  }
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  return readScheduleFile(isFolder ? join(path, runFileNames.schedule) : path);
}
