import type { Cell } from '../array/geometry.ts';
import type { Seconds, Volts } from '../units.ts';
import type { LimitLedger } from './limit-ledger.ts';
import type { SafeOperatingArea } from './safe-operating-area.ts';

/** A voltage over one addressed cell for one pulse width, as the registers hold it. */
export interface Act {
  readonly kind: 'pulse' | 'read';
  readonly operation: number;
  readonly cell: Cell;
  readonly polarity: 1 | -1;
  /** With the driver's error; 0 or more. */
  readonly magnitude: Volts;
  readonly width: Seconds;
}

/** A magnitude this close to an entry of the envelope, relatively, belongs to it. */
const slack = 1e-9;

/**
 * Compare what an addressed cell sees with every limit that looks at one act alone. Reads are held to the envelope,
 * the energy and the compliance as pulses are: the cell does not know the difference.
 *
 * @throws ScheduleError at the first limit that the act crosses
 */
export function checkAct(act: Act, soa: SafeOperatingArea, limits: LimitLedger): void {
  const { kind, magnitude, width } = act;
  limits.check(`voltage.${kind}.${act.polarity > 0 ? 'positive' : 'negative'}`, magnitude, act);
  checkWidth(act, limits);
  limits.check('envelope.volts', magnitude, act);
  const entry = soa.envelope.find(({ volts }) => magnitude <= volts * (1 + slack));
  limits.check('envelope.width', width, act, entry?.width ?? 0);
  limits.check('energy.perPulse', (magnitude ** 2 * width) / soa.energy.lowestResistance, act);
  limits.check(
    'compliance.current',
    magnitude / (soa.energy.lowestResistance + soa.compliance.seriesResistance),
    act,
  );
}

/**
 * Compare the line that carries most with the limit of a line. Its current is that of all its cells at their worst.
 *
 * @param volts - sum of the magnitudes over its cells, with the driver's error
 */
export function checkLineCurrent(
  volts: Volts,
  at: { readonly operation: number; readonly cell: Cell | null },
  soa: SafeOperatingArea,
  limits: LimitLedger,
): void {
  const { energy, compliance } = soa;
  limits.check('compliance.lineCurrent', volts / (energy.lowestResistance + compliance.seriesResistance), at);
}

/** Compare a width with the limits of its kind and with the driver's timer. */
export function checkWidth(
  act: Pick<Act, 'kind' | 'operation' | 'width'> & { readonly cell: Cell | null },
  limits: LimitLedger,
): void {
  limits.check(`width.${act.kind}.min`, act.width, act);
  limits.check(`width.${act.kind}.max`, act.width, act);
  limits.check('driver.minWidth', act.width, act);
  limits.check('driver.maxWidth', act.width, act);
}

/** Compare the nominal line voltages of an operation with the limit of a line and the range of the driver. */
export function checkLines(
  lines: Iterable<Volts>,
  errorVolts: Volts,
  at: { readonly operation: number; readonly cell: Cell | null },
  limits: LimitLedger,
): void {
  let lowest = 0;
  let highest = 0;
  for (const volts of lines) {
    lowest = Math.min(lowest, volts);
    highest = Math.max(highest, volts);
  }
  limits.check('driver.minVolts', lowest, at);
  limits.check('driver.maxVolts', highest, at);
  limits.check('voltage.line', Math.max(-lowest, highest) + errorVolts, at);
}
