import fc from 'fast-check';
import type { EnvelopePulse } from '../schedule/operation.ts';
import type { Seconds, Volts } from '../units.ts';

const steps = 1000;
const widthsPerDecade = 100;

/**
 * Voltages of both signs up to a magnitude, none of them 0: evenly spread, and down to a millionth of it.
 *
 * @example
 * fc.sample(voltages(1.5), 3);
 */
export function voltages(maxVolts: Volts): fc.Arbitrary<Volts> {
  const even = fc.integer({ min: 1, max: steps }).map((step) => (maxVolts * step) / steps);
  const small = fc.integer({ min: 0, max: 6 }).map((decade) => maxVolts * 10 ** -decade);
  const magnitude = fc.oneof({ arbitrary: even, weight: 4 }, { arbitrary: small, weight: 1 });
  return fc.tuple(magnitude, fc.constantFrom(1, -1)).map(([volts, sign]) => sign * volts);
}

/**
 * Pulse widths, evenly spread over the decades.
 *
 * @example
 * fc.sample(pulseWidths(), 3); // between 1 ns and 1 s
 */
export function pulseWidths(min: Seconds = 1e-9, max: Seconds = 1): fc.Arbitrary<Seconds> {
  const count = Math.max(0, Math.ceil(widthsPerDecade * Math.log10(max / min)));
  return fc.nat({ max: count }).map((step) => Math.min(min * 10 ** (step / widthsPerDecade), max));
}

/**
 * Pulses of both signs from 1 ns to 1 s.
 *
 * @param maxVolts - largest magnitude
 * @example
 * fc.sample(pulses(1.5), 3); // such as { volts: -0.4, width: 1e-7 }
 */
export function pulses(maxVolts: Volts): fc.Arbitrary<EnvelopePulse> {
  return fc.record({ volts: voltages(maxVolts), width: pulseWidths() });
}
