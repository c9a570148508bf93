import type { DeviceModel } from '../model/device-model.ts';
import type { Volts } from '../units.ts';
import type { CellParameters } from './device-spread.ts';

/** The devices of an array in their present states. */
export interface ReadCells {
  readonly model: DeviceModel;
  readonly parameters: CellParameters;
  /** [cells], in the model's unit. */
  readonly states: Float64Array;
}

/** Voltages at which the cells are asked, evenly spaced over the range. */
const samples = 16;
/** Beyond rounding. */
const tolerance = 1e-12;

/**
 * Whether reads between two voltages leave every cell exactly where it is, and every cell obeys Ohm's law between them:
 * then an inference is a product with the conductances, and nothing else.
 *
 * @param minVolts - smallest voltage over a cell
 * @param maxVolts - largest voltage over a cell, above 0
 * @example
 * const { model, parameters: published } = await loadDevice('vteam', 'technion');
 * const parameters = new CellParameters(model.parameters, published, {}, 2, 1);
 * areReadsProducts({ model, parameters, states: Float64Array.of(1e-9, 2e-9) }, 0, 0.01); // true
 */
export function areReadsProducts(
  { model, parameters, states }: ReadCells,
  minVolts: Volts,
  maxVolts: Volts,
): boolean {
  const step = (maxVolts - minVolts) / samples;
  const volts = Array.from({ length: samples + 1 }, (_, k) => minVolts + k * step);
  return states.every((state, index) => {
    const p = parameters.at(index);
    const conductance = model.current(maxVolts, state, p) / maxVolts;
    return volts.every(
      (v) =>
        model.rate(v, state, p) === 0 &&
        Math.abs(model.current(v, state, p) - v * conductance) <= tolerance * Math.abs(v * conductance),
    );
  });
}
