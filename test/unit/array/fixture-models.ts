/** Small device models with closed forms that a test can write down by hand. */
import type { DeviceModel } from '../../../src/model/device-model.ts';
import type { ParameterValues } from '../../../src/model/parameter-set.ts';

function parameter(unit: string, min: number, max: number) {
  return { unit, meaning: 'of a test', min, max };
}

const promises = { monotoneInVoltage: () => true, quietAtZeroVolts: true, validVolts: 3 };

/** A resistor: its state is its conductance and never moves. */
export const resistor = {
  name: 'resistor',
  title: 'Constant resistor',
  source: 'none',
  state: { symbol: 'g', unit: 'S', meaning: 'conductance', conductance: 'rises' },
  setPolarity: 1,
  parameters: { gMin: parameter('S', 1e-9, 1), gMax: parameter('S', 1e-9, 1) },
  promises,
  rate: () => 0,
  current: (v, x) => v * x,
  advance: (_v, x) => x,
  lowerBound: (p) => p['gMin']!,
  upperBound: (p) => p['gMax']!,
} as const satisfies DeviceModel;

export const resistorParameters: ParameterValues = { gMin: 1e-6, gMax: 1e-3 };

/** Target of the relaxation at a voltage. */
function restingOhms(v: number, p: ParameterValues): number {
  return p['middle']! - p['slope']! * v;
}

/**
 * Resistance that relaxes to a target that depends on the voltage, dR/dt = k v^2 (R0 - s v - R): exposures at
 * different voltages do not commute, so the order of events matters.
 */
export const relaxing = {
  name: 'relaxing',
  title: 'Relaxation of the resistance',
  source: 'none',
  state: { symbol: 'R', unit: 'ohm', meaning: 'resistance', conductance: 'falls' },
  setPolarity: 1,
  parameters: {
    speed: parameter('s^-1 V^-2', 1, 1e9),
    middle: parameter('ohm', 1e3, 1e6),
    slope: parameter('ohm V^-1', -1e6, 1e6),
    rMin: parameter('ohm', 1e2, 1e6),
    rMax: parameter('ohm', 1e2, 1e6),
  },
  promises,
  rate: (v, x, p) => p['speed']! * v * v * (restingOhms(v, p) - x),
  current: (v, x) => v / x,
  advance(v, x, dt, p) {
    const rest = restingOhms(v, p);
    return rest + (x - rest) * Math.exp(-p['speed']! * v * v * dt);
  },
  lowerBound: (p) => p['rMin']!,
  upperBound: (p) => p['rMax']!,
} as const satisfies DeviceModel;

export const relaxingParameters: ParameterValues = {
  speed: 1e5,
  middle: 10_000,
  slope: 4_000,
  rMin: 2_000,
  rMax: 20_000,
};

/** The same device for those who have no closed form. */
export const relaxingIntegrated: DeviceModel = withoutClosedForm(relaxing);

function withoutClosedForm(model: DeviceModel): DeviceModel {
  const copy = { ...model, name: `${model.name}-integrated` };
  delete copy.advance;
  return copy;
}

/** A resistance that falls at 1 kohm a second at any voltage, 0 V included. */
export const drifting: DeviceModel = {
  ...relaxing,
  name: 'drifting',
  promises: { ...promises, quietAtZeroVolts: false },
  rate: () => -1e3,
  advance: (_v, x, dt) => x - 1e3 * dt,
};

/** A resistor whose current grows faster than the voltage. */
export const superlinear: DeviceModel = {
  ...resistor,
  name: 'superlinear',
  current: (v, x) => (x * Math.sinh(3 * v)) / 3,
};

/** A resistor that writes down which voltages were put over which conductance. */
export function createRecorder(): { readonly model: DeviceModel; readonly seen: Map<number, number[]> } {
  const seen = new Map<number, number[]>();
  const model: DeviceModel = {
    ...resistor,
    name: 'recorder',
    advance(v, x) {
      seen.set(x, [...(seen.get(x) ?? []), v]);
      return x;
    },
  };
  return { model, seen };
}
