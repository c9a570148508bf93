import { Unpackr } from 'msgpackr';
import { ScheduleError } from '../errors.ts';
import { canonicalBytes } from './canonical-bytes.ts';
import { parseSchedule } from './parse-schedule.ts';
import { requirePlainMessagePack } from './plain-message-pack.ts';
import type { Schedule } from './schedule.ts';
import { parseStrictJson } from './strict-json.ts';

/**
 * Read a schedule from bytes. Only the canonical encoding is taken: bytes that would be written differently, such
 * as a key given twice or a longer header than needed, are refused even where they could be understood.
 *
 * @throws ScheduleError for anything but the canonical encoding of a schedule
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * decodeSchedule(encodeSchedule(schedule)); // the same schedule
 */
export function decodeSchedule(bytes: Uint8Array): Schedule {
  requirePlainMessagePack(bytes);
  const schedule = parseSchedule(unpack(bytes));
  const canonical = canonicalBytes(schedule, 'schedule');
  const difference = canonical.findIndex((byte, at) => byte !== bytes[at]);
  if (difference >= 0 || canonical.length !== bytes.length) {
    throw new ScheduleError(
      'schedule-bytes',
      `schedule, byte ${difference >= 0 ? difference : canonical.length}: found an encoding that is not canonical`,
      { hint: 'The file is damaged, or another program wrote it; write it again with encodeSchedule.' },
    );
  }
  return schedule;
}

function unpack(bytes: Uint8Array): unknown {
  try {
    return new Unpackr({ useRecords: false, mapsAsObjects: true }).unpack(bytes);
  } catch (cause) {
    throw new ScheduleError('schedule-bytes', 'schedule: found bytes that are not MessagePack', { cause });
  }
}

/**
 * Read a schedule from JSON text.
 *
 * @throws ScheduleError when the text is not JSON, repeats a key or is not a schedule
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * scheduleFromJson(scheduleToJson(schedule)); // the same schedule
 */
export function scheduleFromJson(text: string): Schedule {
  return parseSchedule(parseStrictJson(text, 'schedule'));
}
