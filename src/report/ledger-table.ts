import type { Operation } from '../schedule/operation.ts';
import type { LedgerEntry } from './cell-record.ts';
import { dataTable } from './data-table.ts';
import { html, type Html } from './html.ts';
import { formatNumber, formatSi } from './number-format.ts';

const labels: Readonly<Record<Operation['kind'], string>> = {
  pulse: 'pulse',
  read: 'read',
  wait: 'wait',
  frame: 'frame, all lines at once',
  programVerify: 'write-verify loop',
};

/**
 * Tabulate what the operations of a run cost, by kind, with their sum.
 *
 * @example
 * ledgerTable(record.ledger);
 */
export function ledgerTable(ledger: ReadonlyMap<Operation['kind'], LedgerEntry>): Html {
  const entries = [...ledger];
  const sum = (part: (entry: LedgerEntry) => number): number =>
    entries.reduce((total, [, entry]) => total + part(entry), 0);
  const total: LedgerEntry = {
    operations: sum((entry) => entry.operations),
    pulses: sum((entry) => entry.pulses),
    reads: sum((entry) => entry.reads),
    cost: {
      seconds: sum((entry) => entry.cost.seconds),
      joules: sum((entry) => entry.cost.joules),
      coulombs: sum((entry) => entry.cost.coulombs),
    },
  };
  return dataTable(
    [
      { title: 'Operation' },
      { title: 'Operations', numeric: true },
      { title: 'Pulses', numeric: true },
      { title: 'Reads', numeric: true },
      { title: 'Hardware time', numeric: true },
      { title: 'Energy', numeric: true },
      { title: 'Charge', numeric: true },
    ],
    [
      ...entries.map(([kind, entry]) => [labels[kind], ...figures(entry)]),
      [html`<strong>all</strong>`, ...figures(total).map((figure) => html`<strong>${figure}</strong>`)],
    ],
  );
}

function figures({ operations, pulses, reads, cost }: LedgerEntry): string[] {
  return [
    formatNumber(operations),
    formatNumber(pulses),
    formatNumber(reads),
    formatSi(cost.seconds, 's'),
    formatSi(cost.joules, 'J'),
    formatSi(cost.coulombs, 'C'),
  ];
}
