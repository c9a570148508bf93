import { Crossbar } from '../../../src/array/crossbar.ts';
import type { Geometry } from '../../../src/array/geometry.ts';
import type { DeviceModel } from '../../../src/model/device-model.ts';
import type { ParameterValues } from '../../../src/model/parameter-set.ts';
import { noVariability, type Variability } from '../../../src/model/variability.ts';
import type { DeviceKnowledge } from '../../../src/run/device-knowledge.ts';

function parameter(unit: string, min: number, max: number) {
  return { unit, meaning: 'of a test', min, max };
}

/**
 * A conductance that moves at a rate proportional to the voltage beyond a threshold, and not at all below it: reads of
 * a second leave it alone, and what a pulse must do to it can be written down by hand.
 */
const threshold: DeviceModel = {
  name: 'threshold',
  title: 'Threshold drift of the conductance',
  source: 'none',
  state: { symbol: 'G', unit: 'S', meaning: 'conductance', conductance: 'rises' },
  setPolarity: 1,
  parameters: {
    speed: parameter('S s^-1 V^-1', 1e-9, 1e3),
    volts: parameter('V', 0, 10),
    gMin: parameter('S', 1e-9, 1),
    gMax: parameter('S', 1e-9, 1),
  },
  promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, validVolts: 3 },
  rate: (v, _x, p) => Math.sign(v) * p['speed']! * Math.max(0, Math.abs(v) - p['volts']!),
  current: (v, x) => v * x,
  advance: (v, x, dt, p) => x + Math.sign(v) * p['speed']! * Math.max(0, Math.abs(v) - p['volts']!) * dt,
  lowerBound: (p) => p['gMin']!,
  upperBound: (p) => p['gMax']!,
};

const range = { min: 2e-5, max: 2e-4 };

/** What a write-verify loop must know of it. */
export const thresholdKnowledge: DeviceKnowledge = { range, setPolarity: 1 };

/**
 * An array of such devices.
 *
 * @param speed - siemens a second and volt beyond the threshold of 0.5 V
 */
export function thresholdArray(
  geometry: Geometry,
  speed: number,
  start = 1e-4,
  variability: Variability = noVariability,
): Crossbar {
  const parameters: ParameterValues = { speed, volts: 0.5, gMin: range.min, gMax: range.max };
  return new Crossbar({
    geometry,
    model: threshold,
    parameters,
    variability,
    seed: 5,
    readVolts: 0.2,
    initial: { mean: start, spread: { distribution: 'normal', relative: 0 } },
  });
}
