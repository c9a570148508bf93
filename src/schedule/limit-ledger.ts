import { type Cell, cellName } from '../array/geometry.ts';
import { ScheduleError } from '../errors.ts';
import { formatQuantity, type QuantityKind } from '../quantity.ts';
import type { DriverGrid } from './driver-grid.ts';
import type { LimitMargin, SafeOperatingArea } from './safe-operating-area.ts';

/** A value this close to its limit, relatively, is at the limit: products such as 3 x 0.1 V are not exact. */
const slack = 1e-9;

type LimitKind = QuantityKind | 'count';

const units: Partial<Record<LimitKind, string>> = {
  voltage: 'V',
  time: 's',
  energy: 'J',
  current: 'A',
  count: '1',
};

interface LimitEntry {
  readonly limit: string;
  readonly kind: LimitKind;
  readonly side: 'upper' | 'lower';
  readonly stated: number;
  allowed: number;
  worst: number;
  margin: number;
  operation: number | null;
}

/** What a schedule did so far beside each limit: the worst value, and the operation where it was. */
export class LimitLedger {
  readonly #entries = new Map<string, LimitEntry>();

  constructor(safeOperatingArea: SafeOperatingArea, driver: DriverGrid) {
    for (const [limit, kind, side, stated] of limitsOf(safeOperatingArea, driver)) {
      this.#entries.set(limit, {
        limit,
        kind,
        side,
        stated,
        allowed: stated,
        worst: 0,
        margin: 1,
        operation: null,
      });
    }
  }

  /**
   * Compare one value with one limit and keep it if it is the worst.
   *
   * @param at - the operation, and the cell that it addresses or that suffers
   * @param allowed - where the limit is not one number, its value here
   * @throws ScheduleError when the value is beyond the limit
   */
  check(
    limit: string,
    asked: number,
    at: { readonly operation: number; readonly cell: Cell | null },
    allowed?: number,
  ): void {
    const entry = this.#entries.get(limit);
    if (entry === undefined) {
      throw new ScheduleError(
        'limit-unknown',
        `limit ${limit}: found no such limit in the safe operating area`,
      );
    }
    const bound = allowed ?? entry.stated;
    // Written so that NaN is outside.
    const inside =
      entry.side === 'upper'
        ? asked <= bound + slack * Math.abs(bound)
        : asked >= bound - slack * Math.abs(bound);
    if (!inside) {
      throw beyondLimit(limit, entry.kind, asked, bound, at);
    }
    const margin = marginOf(entry.side, asked, bound);
    if (entry.operation === null || isWorse(entry, asked, bound, margin)) {
      entry.allowed = bound;
      entry.worst = asked;
      entry.margin = margin;
      entry.operation = at.operation;
    }
  }

  /** One line per limit, in the order of the safe operating area. */
  margins(): LimitMargin[] {
    return Array.from(this.#entries.values(), ({ limit, kind, allowed, worst, margin, operation }) => ({
      limit,
      unit: units[kind] ?? '1',
      allowed,
      worst,
      margin,
      operation,
    }));
  }
}

/** The one error for a schedule that crosses a limit. */
export function beyondLimit(
  limit: string,
  kind: LimitKind,
  asked: number,
  allowed: number,
  { operation, cell }: { readonly operation: number; readonly cell: Cell | null },
): ScheduleError {
  const where = cell === null ? `operation ${operation}` : `operation ${operation} (${cellName(cell)})`;
  return new ScheduleError(
    'limit',
    `${where}: ${limit} would be ${printed(asked, kind)}, allowed ${printed(allowed, kind)}`,
    { details: { operation, cell, limit, asked, allowed, unit: units[kind] ?? '1' } },
  );
}

function printed(value: number, kind: LimitKind): string {
  const clean = Number(value.toPrecision(12));
  return kind === 'count' ? `${clean}` : formatQuantity(clean, kind);
}

/** Against the same bound the values decide: of margins, all are equal beside a bound of 0. */
function isWorse(entry: LimitEntry, asked: number, bound: number, margin: number): boolean {
  if (bound !== entry.allowed) {
    return margin < entry.margin;
  }
  return entry.side === 'upper' ? asked > entry.worst : asked < entry.worst;
}

function marginOf(side: 'upper' | 'lower', asked: number, allowed: number): number {
  if (allowed === 0) {
    return asked === 0 ? 0 : 1;
  }
  // A lower limit below zero, such as the lowest voltage of a driver, is approached as an upper limit is.
  return Math.max(0, side === 'upper' || allowed < 0 ? 1 - asked / allowed : asked / allowed - 1);
}

function limitsOf(
  soa: SafeOperatingArea,
  driver: DriverGrid,
): (readonly [limit: string, kind: LimitKind, side: 'upper' | 'lower', allowed: number])[] {
  return [
    ['voltage.pulse.positive', 'voltage', 'upper', soa.voltage.pulse.positive],
    ['voltage.pulse.negative', 'voltage', 'upper', soa.voltage.pulse.negative],
    ['voltage.read.positive', 'voltage', 'upper', soa.voltage.read.positive],
    ['voltage.read.negative', 'voltage', 'upper', soa.voltage.read.negative],
    ['voltage.line', 'voltage', 'upper', soa.voltage.line],
    ['voltage.unselected', 'voltage', 'upper', soa.voltage.unselected],
    ['width.pulse.min', 'time', 'lower', soa.width.pulse.min],
    ['width.pulse.max', 'time', 'upper', soa.width.pulse.max],
    ['width.read.min', 'time', 'lower', soa.width.read.min],
    ['width.read.max', 'time', 'upper', soa.width.read.max],
    ['envelope.volts', 'voltage', 'upper', soa.envelope.at(-1)?.volts ?? 0],
    ['envelope.width', 'time', 'upper', soa.envelope.at(-1)?.width ?? 0],
    ['energy.perPulse', 'energy', 'upper', soa.energy.perPulse],
    ['compliance.current', 'current', 'upper', soa.compliance.current],
    ['compliance.lineCurrent', 'current', 'upper', soa.compliance.lineCurrent],
    ...soa.halfSelect.map(
      (bin, position) => [`halfSelect[${position}].total`, 'time', 'upper', bin.total] as const,
    ),
    ['endurance.pulsesPerCell', 'count', 'upper', soa.endurance.pulsesPerCell],
    ['endurance.cyclesPerCell', 'count', 'upper', soa.endurance.cyclesPerCell],
    ['endurance.readsPerCell', 'count', 'upper', soa.endurance.readsPerCell],
    ['driver.minVolts', 'voltage', 'lower', driver.minVolts],
    ['driver.maxVolts', 'voltage', 'upper', driver.maxVolts],
    ['driver.minWidth', 'time', 'lower', driver.minWidth],
    ['driver.maxWidth', 'time', 'upper', driver.maxWidth],
  ];
}
