import type { LineResistances } from '../array/sensed-array.ts';
import type { Lab } from './lab.ts';

/** Resistances between drivers and cells; none where the wires are ideal. */
export function lineResistances({
  config: { array, controller },
}: Pick<Lab, 'config'>): LineResistances | undefined {
  const lines = {
    wordSegmentResistance: array.wordSegmentResistance,
    bitSegmentResistance: array.bitSegmentResistance,
    driverResistance: controller.line.resistance,
  };
  return Object.values(lines).every((ohms) => ohms === 0) ? undefined : lines;
}
