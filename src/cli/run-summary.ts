import { formatQuantity } from '../quantity.ts';
import { isEnergyMeasured, type RunSummary } from '../run/run-record.ts';

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
    `energy     ${energyText(summary)}`,
    `time       ${formatQuantity(summary.hardwareSeconds, 'time', 3)} on the hardware`,
  ];
}

function energyText(summary: RunSummary): string {
  return isEnergyMeasured(summary)
    ? `${formatQuantity(summary.energyJoules, 'energy', 3)} in the array`
    : 'not measured by the controller';
}
