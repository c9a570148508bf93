import type { CellResult } from '../run/backend.ts';
import type { CellRecord } from './cell-record.ts';
import { outcomes } from './outcome.ts';

/** A cell worth looking at, and why. */
export interface SampleCell {
  readonly why: string;
  readonly result: CellResult;
}

const most = 6;

/**
 * Choose cells that show how programming went: the quickest, a typical and the slowest of those that converged, and
 * the longest attempt of each outcome that is no success.
 *
 * @returns at most six, each with at least one pulse
 * @example
 * sampleCells(record).map((sample) => sample.why); // ["fewest pulses", "typical", "most pulses"]
 */
export function sampleCells(record: CellRecord): SampleCell[] {
  const samples: SampleCell[] = [];
  const converged = byPulses(record, 'converged');
  const counts = typicalCounts(record);
  for (const [why, wanted] of counts) {
    const result = converged.findLast((cell) => cell.trace.length <= wanted) ?? converged[0];
    if (result !== undefined && !samples.some((sample) => sample.result === result)) {
      samples.push({ why, result });
    }
  }
  for (const { verdict, label } of outcomes.slice(1)) {
    const result = byPulses(record, verdict).at(-1);
    if (result !== undefined) {
      samples.push({ why: label, result });
    }
  }
  return samples.slice(0, most);
}

/** Examples of one outcome with at least one pulse, in the order of their number of pulses. */
function byPulses(record: CellRecord, verdict: CellResult['outcome']): CellResult[] {
  const examples = [...(record.examples.get(verdict)?.values() ?? [])];
  return examples.filter((cell) => cell.trace.length > 0).sort((a, b) => a.trace.length - b.trace.length);
}

function typicalCounts(record: CellRecord): [string, number][] {
  const counts = record.pulses
    .filter((pulses, index) => pulses > 0 && record.outcomes[index] === 'converged')
    .sort();
  const at = (share: number): number => counts[Math.floor(share * (counts.length - 1))] ?? 0;
  return [
    ['fewest pulses', at(0)],
    ['typical', at(0.5)],
    ['slower than 9 in 10', at(0.9)],
    ['most pulses', at(1)],
  ];
}
