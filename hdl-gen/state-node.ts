import { deviceModelOf } from './evaluate.ts';
import type { Model } from './ir.ts';
import type { EmittedDevice } from './target.ts';

/**
 * Part of the range of a state over which its outward speed falls to zero beyond a bound, in circuit simulators: a state
 * that stopped at once would leave their iterations nothing to converge to.
 */
export const boundWidth = 1e-5;

const places = 21;
const largest = 1e-6;
/** Below it, ngspice's tolerance of charges (chgtol, 1e-14 C) would be felt. */
const smallest = 1e-12;

/**
 * Capacitance of the node whose voltage is the place of the state: 1 uF, or less, so that about 1 A flows at
 * most. Simulators lose their digits where a node takes a hundred kiloamperes beside microamperes of the device.
 */
export function stateCapacitance(model: Model, { set, parameters: p }: EmittedDevice): number {
  const device = deviceModelOf(model);
  const lower = device.lowerBound(p);
  const range = device.upperBound(p) - lower;
  const volts = [set.volts?.min ?? -model.validVolts, set.volts?.max ?? model.validVolts];
  const speeds = volts.flatMap((v) =>
    Array.from({ length: places }, (_, index) =>
      Math.abs(device.rate(v, lower + (range * index) / (places - 1), p) / range),
    ),
  );
  const decade = Math.ceil(Math.log10(Math.max(...speeds)));
  return Number.isFinite(decade) ? Math.min(Math.max(Number(`1e${-decade}`), smallest), largest) : largest;
}
