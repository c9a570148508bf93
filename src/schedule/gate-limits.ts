import type { Seconds, Volts } from '../units.ts';
import type { DriverGrid } from './driver-grid.ts';
import type { SafeOperatingArea } from './safe-operating-area.ts';

/** The state of all lines for one width: one entry per line, or per kind of line where many are alike. */
export interface LineState {
  readonly kind: 'pulse' | 'read';
  readonly wordVolts: readonly Volts[];
  readonly bitVolts: readonly Volts[];
  /** How many lines each entry stands for; of all together, the lines of the array. */
  readonly wordCounts: readonly number[];
  readonly bitCounts: readonly number[];
  readonly width: Seconds;
  /** Whether the crossing of two entries is what the act is for; any other is a victim. */
  readonly addresses: (word: number, bit: number, volts: Volts) => boolean;
}

/** Part of a limit, or of a step, that a comparison of doubles forgives. */
const tolerance = 1e-6;

/**
 * Look at every crossing of a line state and say which static limit it breaks, or null. Written apart from `certify`,
 * which reasons about kinds of cell; here the crossings are simply gone through.
 */
export function brokenLimit(state: LineState, soa: SafeOperatingArea, driver: DriverGrid): string | null {
  const { kind, width } = state;
  const allowed = soa.width[kind];
  if (!within(allowed.min, width, allowed.max)) {
    return `width.${kind}: ${width} s is not within ${allowed.min} s to ${allowed.max} s`;
  }
  if (!within(driver.minWidth, width, driver.maxWidth)) {
    return `driver: ${width} s is not within ${driver.minWidth} s to ${driver.maxWidth} s`;
  }
  for (const volts of [...state.wordVolts, ...state.bitVolts]) {
    if (!within(driver.minVolts, volts, driver.maxVolts)) {
      return `driver: ${volts} V is not within ${driver.minVolts} V to ${driver.maxVolts} V`;
    }
    if (!within(0, Math.abs(volts) + driver.errorVolts, soa.voltage.line)) {
      return `voltage.line: ${volts} V and its error exceed ${soa.voltage.line} V`;
    }
  }
  for (const [word, wordVolts] of state.wordVolts.entries()) {
    for (const [bit, bitVolts] of state.bitVolts.entries()) {
      const volts = wordVolts - bitVolts;
      const broken = state.addresses(word, bit, volts)
        ? brokenByAct(kind, volts, width, soa, driver)
        : brokenByVictim(volts, soa, driver);
      if (broken !== null) {
        return broken;
      }
    }
  }
  const { wordVolts, bitVolts, wordCounts, bitCounts } = state;
  return (
    brokenByLine(wordVolts, bitVolts, bitCounts, soa, driver) ??
    brokenByLine(bitVolts, wordVolts, wordCounts, soa, driver)
  );
}

function brokenByAct(
  kind: 'pulse' | 'read',
  volts: Volts,
  width: Seconds,
  soa: SafeOperatingArea,
  driver: DriverGrid,
): string | null {
  const magnitude = Math.abs(volts) + 2 * driver.errorVolts;
  const polarity = volts < 0 ? 'negative' : 'positive';
  if (!within(0, magnitude, soa.voltage[kind][polarity])) {
    return `voltage.${kind}.${polarity}: ${magnitude} V with its error exceeds ${soa.voltage[kind][polarity]} V`;
  }
  const longest = soa.envelope.reduce(
    (most, entry) => (within(0, magnitude, entry.volts) ? Math.max(most, entry.width) : most),
    0,
  );
  if (!within(0, width, longest)) {
    return `envelope: ${width} s at ${magnitude} V exceeds ${longest} s`;
  }
  const joules = (magnitude * magnitude * width) / soa.energy.lowestResistance;
  if (!within(0, joules, soa.energy.perPulse)) {
    return `energy.perPulse: ${joules} J exceeds ${soa.energy.perPulse} J`;
  }
  const amperes = magnitude / (soa.energy.lowestResistance + soa.compliance.seriesResistance);
  if (!within(0, amperes, soa.compliance.current)) {
    return `compliance.current: ${amperes} A exceeds ${soa.compliance.current} A`;
  }
  return null;
}

function brokenByVictim(volts: Volts, soa: SafeOperatingArea, driver: DriverGrid): string | null {
  const magnitude = Math.abs(volts) + 2 * driver.errorVolts;
  return within(0, magnitude, soa.voltage.unselected)
    ? null
    : `voltage.unselected: ${magnitude} V with its error exceeds ${soa.voltage.unselected} V`;
}

/** The current of each line through all the lines that cross it, each of whose cells draws what it can. */
function brokenByLine(
  lines: readonly Volts[],
  crossing: readonly Volts[],
  counts: readonly number[],
  soa: SafeOperatingArea,
  driver: DriverGrid,
): string | null {
  const siemens = 1 / (soa.energy.lowestResistance + soa.compliance.seriesResistance);
  for (const volts of lines) {
    let amperes = 0;
    for (const [position, against] of crossing.entries()) {
      const magnitude = Math.abs(volts - against) + 2 * driver.errorVolts;
      amperes += (counts[position] ?? Number.NaN) * magnitude * siemens;
    }
    if (!within(0, amperes, soa.compliance.lineCurrent)) {
      return `compliance.lineCurrent: ${amperes} A of one line exceeds ${soa.compliance.lineCurrent} A`;
    }
  }
  return null;
}

/** False for NaN. */
function within(low: number, value: number, high: number): boolean {
  return value >= low - tolerance * Math.abs(low) && value <= high + tolerance * Math.abs(high);
}
