import { deviceTable, type DeviceEntry } from '../../devices/table.ts';
import { UsageError } from '../errors.ts';

const table: Readonly<Record<string, DeviceEntry>> = deviceTable;

/** A model of the table, perhaps under a shorter name, and one of its parameter sets. */
export interface NamedDevice {
  readonly model: string;
  readonly set: string;
}

/**
 * Complete the name of a model. `data-driven` stands for the one model among `data-driven-...` that has the set; a set
 * that is left out is the first of the model. Names that fit nothing come back as they are: who loads the device tells.
 *
 * @throws UsageError when a short name fits several models
 * @example
 * completeModelName('data-driven', 'neuropack'); // { model: 'data-driven-2016', set: 'neuropack' }
 */
export function completeModelName(name: string, set: string | undefined): NamedDevice {
  const model = Object.hasOwn(table, name) ? name : longerName(name, set);
  return { model, set: set ?? table[model]?.sets[0] ?? '' };
}

function longerName(name: string, set: string | undefined): string {
  const longer = Object.keys(table).filter((candidate) => candidate.startsWith(`${name}-`));
  const published = set?.endsWith('.json') === true ? undefined : set;
  const fitting = longer.filter(
    (candidate) => published === undefined || table[candidate]!.sets.includes(published),
  );
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) {
    return only;
  }
  if (longer.length === 0) {
    return name;
  }
  const allowed = longer.map((candidate) => `${candidate} (${table[candidate]!.sets.join(', ')})`).join(', ');
  const asked = set === undefined ? `"${name}"` : `"${name}" with set "${set}"`;
  throw new UsageError('device-ambiguous', `device model: found ${asked}, expected one of ${allowed}`, {
    hint: 'Name one of the sets in brackets, or the whole model.',
    details: { found: name, set: set ?? null, allowed: longer },
  });
}
