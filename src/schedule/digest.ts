import { createHash } from 'node:crypto';
import { canonicalBytes } from './canonical-bytes.ts';
import type { DriverGrid } from './driver-grid.ts';
import type { Operation } from './operation.ts';
import type { SafeOperatingArea } from './safe-operating-area.ts';
import type { Schedule } from './schedule.ts';

/**
 * Name plain data by its content: the SHA-256, in hex, of its canonical MessagePack bytes. The order of keys,
 * members that are undefined and the sign of zero make no difference.
 *
 * @throws ScheduleError when the value holds NaN, an infinity or anything but plain data
 */
export function canonicalDigest(value: unknown, subject?: string): string {
  return createHash('sha256').update(canonicalBytes(value, subject)).digest('hex');
}

/**
 * Name a pulse program by its content; `sha256sum` of the encoded schedule prints the same.
 *
 * @throws ScheduleError when a number in it is not finite
 * @example
 * scheduleDigest(createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1 }])).length; // 64
 */
export function scheduleDigest(schedule: Schedule): string {
  return canonicalDigest(schedule, 'schedule');
}

/**
 * Name one operation by its content, for the record of a run.
 *
 * @throws ScheduleError when a number in it is not finite
 * @example
 * operationDigest({ kind: 'wait', seconds: 1 }).length; // 64
 */
export function operationDigest(operation: Operation): string {
  return canonicalDigest(operation, 'operation');
}

/**
 * Name a set of limits by its content.
 *
 * @throws ScheduleError when a number in it is not finite
 */
export function safeOperatingAreaDigest(safeOperatingArea: SafeOperatingArea): string {
  return canonicalDigest(safeOperatingArea, 'safe operating area');
}

/**
 * Name what a controller can produce by its content.
 *
 * @throws ScheduleError when a number in it is not finite
 */
export function driverDigest(driver: DriverGrid): string {
  return canonicalDigest(driver, 'driver');
}
