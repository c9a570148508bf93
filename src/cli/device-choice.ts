import type { DeviceChoice } from '../lab/lab.ts';
import { completeModelName } from './model-name.ts';

/** Read `MODEL` or `MODEL/SET`; a model alone means its first set. */
export function parseDeviceChoice(text: string): DeviceChoice {
  const slash = text.indexOf('/');
  return slash < 0
    ? completeModelName(text, undefined)
    : completeModelName(text.slice(0, slash), text.slice(slash + 1));
}
