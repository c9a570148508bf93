import type { Geometry } from '../../src/array/geometry.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import type { SafeOperatingArea } from '../../src/schedule/safe-operating-area.ts';
import type { Seconds, Volts } from '../../src/units.ts';
import { limitRegisters } from './register-map.ts';

/** Slack of a comparison with a step, as in the driver's grid. */
const slack = 1e-6;

/**
 * Turn what the owner of an array allows into the codes and ticks that the sequencer seals. It holds the limits of a
 * single act; envelope, energy, compliance and budgets stay with the certificate.
 *
 * @param entries - number of entries of the table
 * @returns [limits], one word for each limit register
 */
export function sealedLimits(
  soa: SafeOperatingArea,
  driver: DriverGrid,
  geometry: Geometry,
  entries: number,
): Uint16Array {
  /** Steps that stay below a limit though each output may be off by the driver's error. */
  const steps = (limit: Volts, outputs: number): number =>
    clamp(Math.floor((limit - outputs * driver.errorVolts) / driver.stepVolts + slack), 0xffff);
  const atLeast = (seconds: Seconds): number =>
    clamp(Math.ceil(seconds / driver.stepWidth - slack), 2 ** 32 - 1);
  const atMost = (seconds: Seconds): number =>
    clamp(Math.floor(seconds / driver.stepWidth + slack), 2 ** 32 - 1);
  const { voltage, width } = soa;
  const values: Readonly<Record<string, number>> = {
    LINE_POSITIVE: Math.min(steps(voltage.line, 1), steps(driver.maxVolts, 0)),
    LINE_NEGATIVE: Math.min(steps(voltage.line, 1), steps(-driver.minVolts, 0)),
    PULSE_POSITIVE: steps(voltage.pulse.positive, 2),
    PULSE_NEGATIVE: steps(voltage.pulse.negative, 2),
    READ_POSITIVE: steps(voltage.read.positive, 2),
    READ_NEGATIVE: steps(voltage.read.negative, 2),
    UNSELECTED: steps(voltage.unselected, 2),
    WORD_FIRST: 0,
    WORD_LAST: geometry.wordLines - 1,
    BIT_FIRST: 0,
    BIT_LAST: geometry.bitLines - 1,
    ENTRIES: entries,
    ...words('PULSE_MIN', atLeast(Math.max(width.pulse.min, driver.minWidth))),
    ...words('PULSE_MAX', atMost(Math.min(width.pulse.max, driver.maxWidth))),
    ...words('READ_MIN', atLeast(Math.max(width.read.min, driver.minWidth))),
    ...words('READ_MAX', atMost(Math.min(width.read.max, driver.maxWidth))),
  };
  return Uint16Array.from(limitRegisters, ({ name }) => values[name]!);
}

function words(name: string, value: number): Record<string, number> {
  return { [name]: value % 65_536, [`${name}_HIGH`]: Math.floor(value / 65_536) };
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
