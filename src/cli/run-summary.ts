import { formatQuantity } from '../quantity.ts';
import type { RunSummary } from '../run/run-record.ts';

/** The totals of a run for people, one a line. */
export function summaryLines(summary: RunSummary): string[] {
  const { cells, converged, gaveUp, stuckHigh, stuckLow, unreachable } = summary;
  const rest = [
    [gaveUp, 'gave up'],
    [stuckHigh, 'stuck high'],
    [stuckLow, 'stuck low'],
    [unreachable, 'unreachable'],
  ] as const;
  const others = rest.filter(([count]) => count > 0).map(([count, name]) => `, ${count} ${name}`);
  return [
    `cells      ${converged} of ${cells} converged${others.join('')}`,
    `pulses     ${summary.pulses}, reads ${summary.reads}`,
    `energy     ${formatQuantity(summary.energyJoules, 'energy', 3)} in the array`,
    `time       ${formatQuantity(summary.hardwareSeconds, 'time', 3)} on the hardware`,
  ];
}
