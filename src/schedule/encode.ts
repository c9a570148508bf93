import { canonicalBytes } from './canonical-bytes.ts';
import { parseSchedule } from './parse-schedule.ts';
import type { Schedule } from './schedule.ts';

/**
 * Write a schedule as bytes: canonical MessagePack, whose SHA-256 is the schedule's digest.
 *
 * @throws ScheduleError when the schedule is not one
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * encodeSchedule(schedule).length; // 105 bytes
 */
export function encodeSchedule(schedule: Schedule): Uint8Array {
  return canonicalBytes(parseSchedule(schedule), 'schedule');
}

/**
 * Write a schedule as JSON for people and other programs: one operation a line.
 *
 * @throws ScheduleError when the schedule is not one
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * scheduleToJson(schedule).split('\n')[1]; // '{"kind":"wait","seconds":0.001}'
 */
export function scheduleToJson(schedule: Schedule): string {
  const { format, version, geometry, operations } = parseSchedule(schedule);
  const head = JSON.stringify({ format, version, geometry }).slice(0, -1);
  const lines = operations.map((operation) => `\n${JSON.stringify(operation)}`);
  return `${head},"operations":[${lines.join(',')}\n]}\n`;
}
