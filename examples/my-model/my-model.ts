/**
 * Threshold drift: a model file of one's own, which `ohmloom emit` writes in other languages.
 *
 *   dw/dt = s sinh(v / V_t - 1)   for v > V_t
 *         = s sinh(v / V_t + 1)   for v < -V_t
 *   i = [G_off + (G_on - G_off) w] v
 */
import type { Amperes, DeviceModel, Dimensionless, Seconds, Siemens, Unit, Volts } from 'ohmloom';

type PerSecond = Unit<'s^-1'>;

interface Parameters {
  readonly threshold: Volts;
  readonly speed: PerSecond;
  readonly gOn: Siemens;
  readonly gOff: Siemens;
}

/** Voltage beyond the threshold, in thresholds. */
function excess(v: Volts, p: Parameters): Dimensionless {
  if (Math.abs(v) <= p.threshold) {
    return 0;
  }
  return v > 0 ? v / p.threshold - 1 : v / p.threshold + 1;
}

/** dw/dt. */
function rate(v: Volts, _w: Dimensionless, p: Parameters): PerSecond {
  return p.speed * Math.sinh(excess(v, p));
}

/** w after `dt` at constant voltage. */
function advance(v: Volts, w: Dimensionless, dt: Seconds, p: Parameters): Dimensionless {
  return w + rate(v, w, p) * dt;
}

/** Current of a mixture of two conductors. */
function current(v: Volts, w: Dimensionless, p: Parameters): Amperes {
  return (p.gOff + (p.gOn - p.gOff) * w) * v;
}

function lowerBound(_p: Parameters): Dimensionless {
  return 0;
}

function upperBound(_p: Parameters): Dimensionless {
  return 1;
}

export const myModel: DeviceModel<keyof Parameters> = {
  name: 'my-model',
  title: 'Threshold drift (example)',
  source: 'docs/emitting.md',
  state: { symbol: 'w', unit: '1', meaning: 'conducting fraction', conductance: 'rises' },
  setPolarity: 1,
  promises: { monotoneInVoltage: () => true, quietAtZeroVolts: true, validVolts: 3 },
  parameters: {
    threshold: { unit: 'V', meaning: 'magnitude of the threshold', min: 0.01, max: 10 },
    speed: { unit: 's^-1', meaning: 'scale of the speed', min: 1e-3, max: 1e12 },
    gOn: { unit: 'S', meaning: 'conductance at w = 1', min: 1e-9, max: 1 },
    gOff: { unit: 'S', meaning: 'conductance at w = 0', min: 1e-12, max: 1 },
  },
  rate,
  current,
  advance,
  lowerBound,
  upperBound,
};
