import type { Coulombs, Joules, Seconds } from '../units.ts';

const kinds = ['pulse', 'read', 'frame', 'sense', 'wait'] as const;

/** Kinds of operation that a ledger tells apart. */
export type LedgerKind = (typeof kinds)[number];

/** What one kind of operation took. */
export interface LedgerTotals {
  readonly count: number;
  /** Time at voltage. */
  readonly seconds: Seconds;
  /** Energy turned to heat in all cells. */
  readonly joules: Joules;
  /** Sum over the cells of the magnitude of the charge that passed through. */
  readonly coulombs: Coulombs;
  /**
   * Part of `joules` in cells that the operation did not address: the price of the bias scheme. A frame addresses
   * the cells that it writes, see {@link writtenFraction}.
   */
  readonly halfSelectJoules: Joules;
}

/** A ledger at one moment. */
export type LedgerSnapshot = Readonly<Record<LedgerKind, LedgerTotals>>;

type MutableTotals = { -readonly [Key in keyof LedgerTotals]: number };

/** Adds up what operations took. Booking allocates nothing. */
export class Ledger {
  readonly #totals: Record<LedgerKind, MutableTotals> = combine(nothing);
  readonly #last: MutableTotals = nothing();

  /** Add one operation. */
  book(
    kind: LedgerKind,
    seconds: Seconds,
    joules: Joules,
    coulombs: Coulombs,
    halfSelectJoules: Joules,
  ): void {
    const totals = this.#totals[kind];
    totals.count += 1;
    totals.seconds += seconds;
    totals.joules += joules;
    totals.coulombs += coulombs;
    totals.halfSelectJoules += halfSelectJoules;
    const last = this.#last;
    last.count = 1;
    last.seconds = seconds;
    last.joules = joules;
    last.coulombs = coulombs;
    last.halfSelectJoules = halfSelectJoules;
  }

  /** Copy the totals. */
  snapshot(): LedgerSnapshot {
    return combine((kind) => ({ ...this.#totals[kind] }));
  }

  /** What the last operation took; a count of 0 if there was none. */
  last(): LedgerTotals {
    return { ...this.#last };
  }
}

/**
 * Subtract an earlier snapshot of a ledger from a later one.
 *
 * @example
 * const ledger = new Ledger();
 * const before = ledger.snapshot();
 * ledger.book('pulse', 1e-6, 1e-12, 1e-12, 0);
 * ledgerDifference(ledger.snapshot(), before).pulse.count; // 1
 */
export function ledgerDifference(later: LedgerSnapshot, earlier: LedgerSnapshot): LedgerSnapshot {
  return combine((kind) => addTotals(later[kind], earlier[kind], -1));
}

/**
 * Sum a snapshot over the kinds of operation.
 *
 * @example
 * ledgerSum(new Ledger().snapshot()).joules; // 0
 */
export function ledgerSum(snapshot: LedgerSnapshot): LedgerTotals {
  return kinds.map((kind) => snapshot[kind]).reduce((sum, totals) => addTotals(sum, totals, 1));
}

function addTotals(a: LedgerTotals, b: LedgerTotals, sign: 1 | -1): LedgerTotals {
  return {
    count: a.count + sign * b.count,
    seconds: a.seconds + sign * b.seconds,
    joules: a.joules + sign * b.joules,
    coulombs: a.coulombs + sign * b.coulombs,
    halfSelectJoules: a.halfSelectJoules + sign * b.halfSelectJoules,
  };
}

function nothing(): MutableTotals {
  return { count: 0, seconds: 0, joules: 0, coulombs: 0, halfSelectJoules: 0 };
}

function combine<Value>(make: (kind: LedgerKind) => Value): Record<LedgerKind, Value> {
  return {
    pulse: make('pulse'),
    read: make('read'),
    frame: make('frame'),
    sense: make('sense'),
    wait: make('wait'),
  };
}
