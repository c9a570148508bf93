import { loadDevice } from '../../devices/load-device.ts';
import { deviceTable, type DeviceEntry } from '../../devices/table.ts';
import { formatQuantity } from '../quantity.ts';
import { parseDeviceChoice } from './device-choice.ts';
import { textTable } from './text-table.ts';

interface Listing {
  readonly document: unknown;
  readonly text: string;
}

/** Every model with its sets. */
export function listDevices(): Listing {
  const models = Object.entries<DeviceEntry>(deviceTable).map(([name, { title, sets }]) => ({
    name,
    title,
    sets,
  }));
  const rows = models.map(({ name, title, sets }) => [name, title, sets.join(', ')]);
  return { document: { models }, text: textTable(['model', 'title', 'parameter sets'], rows) };
}

/** One device with its parameters, their units, ranges and meanings. */
export async function describeDevice(name: string): Promise<Listing> {
  const choice = parseDeviceChoice(name);
  const { model, set, parameters } = await loadDevice(choice.model, choice.set);
  const values = Object.entries(model.parameters).map(([parameter, { unit, meaning }]) => ({
    parameter,
    value: parameters[parameter],
    unit,
    meaning,
  }));
  const { min, max } = set.conductance;
  const lines = [
    `${model.name}/${set.name}: ${model.title}`,
    `  set:     ${set.title}`,
    `  source:  doi:${set.source.doi}, ${set.source.where}`,
    `  model:   ${model.source}`,
    `  range:   ${formatQuantity(min, 'conductance', 4)} to ${formatQuantity(max, 'conductance', 4)} at ${formatQuantity(set.readVolts, 'voltage')}`,
    `  SET at:  V ${model.setPolarity > 0 ? '>' : '<'} 0`,
    ...(set.notes === undefined ? [] : [`  notes:   ${set.notes}`]),
    '',
    textTable(
      ['parameter', 'value', 'unit', 'meaning'],
      values.map(({ parameter, value, unit, meaning }) => [parameter, String(value), unit, meaning]),
    ),
  ];
  return {
    document: {
      model: model.name,
      title: model.title,
      modelSource: model.source,
      state: model.state,
      setPolarity: model.setPolarity,
      set: set.name,
      setTitle: set.title,
      source: set.source,
      conductance: set.conductance,
      readVolts: set.readVolts,
      parameters: values,
    },
    text: lines.join('\n'),
  };
}
