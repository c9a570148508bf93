import { scheduleFromJson, decodeSchedule } from '../schedule/decode.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { readBoundedFile } from './bounded-file.ts';

const maxScheduleBytes = 1 << 28;

/**
 * Read a schedule; a name that ends in `.json` holds JSON, any other MessagePack.
 *
 * @throws ConfigError when the file cannot be read
 * @throws ScheduleError when it does not hold a schedule
 */
export async function readScheduleFile(path: string): Promise<Schedule> {
  const bytes = await readBoundedFile(path, maxScheduleBytes);
  return path.endsWith('.json')
    ? scheduleFromJson(Buffer.from(bytes).toString('utf8'))
    : decodeSchedule(bytes);
}
