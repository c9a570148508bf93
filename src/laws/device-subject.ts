import fc from 'fast-check';
import type { DeviceModel } from '../model/device-model.ts';
import type { ParameterSet, ParameterValues } from '../model/parameter-set.ts';
import type { Volts } from '../units.ts';
import { deviceParameters } from './device-parameters.ts';

/** The model that the device laws are tried on, and its published sets. */
export interface DeviceSubject {
  readonly model: DeviceModel;
  readonly sets: readonly ParameterSet[];
}

/** A device near a published one. */
export interface DrawnDevice {
  readonly set: string;
  readonly readVolts: Volts;
  readonly parameters: ParameterValues;
}

/** Devices around all published sets. */
export function drawnDevices({ model, sets }: DeviceSubject): fc.Arbitrary<DrawnDevice> {
  return fc.oneof(
    ...sets.map((set) =>
      fc.record({
        set: fc.constant(set.name),
        readVolts: fc.constant(set.readVolts),
        parameters: deviceParameters(model, set),
      }),
    ),
  );
}

/** Positions in the range of the state, from 0 at the lower bound to 1: the bounds, near them, and evenly between. */
export function positions(): fc.Arbitrary<number> {
  const near = fc.integer({ min: 1, max: 5 }).map((decade) => 10 ** -decade);
  return fc.oneof(
    { arbitrary: fc.nat({ max: 1024 }).map((step) => step / 1024), weight: 4 },
    { arbitrary: near, weight: 1 },
    { arbitrary: near.map((distance) => 1 - distance), weight: 1 },
  );
}

/** The state at a position. */
export function stateAt(model: DeviceModel, p: ParameterValues, position: number): number {
  const lower = model.lowerBound(p);
  const upper = model.upperBound(p);
  return Math.min(lower + (upper - lower) * position, upper);
}

/** Distance between the bounds of the state. */
export function stateRange(model: DeviceModel, p: ParameterValues): number {
  return model.upperBound(p) - model.lowerBound(p);
}

/** A state as people read it: `R = 5000 ohm`. */
export function printState({ state: { symbol, unit } }: DeviceModel, x: number): string {
  return unit === '1' ? `${symbol} = ${x}` : `${symbol} = ${x} ${unit}`;
}
