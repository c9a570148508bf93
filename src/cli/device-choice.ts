import { deviceTable, type DeviceEntry } from '../../devices/table.ts';
import type { DeviceChoice } from '../lab/lab.ts';

/** Read `MODEL` or `MODEL/SET`; a model alone means its first set. */
export function parseDeviceChoice(text: string): DeviceChoice {
  const slash = text.indexOf('/');
  if (slash >= 0) {
    return { model: text.slice(0, slash), set: text.slice(slash + 1) };
  }
  const table: Readonly<Record<string, DeviceEntry>> = deviceTable;
  const entry = Object.hasOwn(table, text) ? table[text] : undefined;
  return { model: text, set: entry?.sets[0] ?? '' };
}
