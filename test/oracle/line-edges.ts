import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import { toFemtoseconds } from '../../src/schedule/femtoseconds.ts';
import { roundSchedule } from '../../src/schedule/round-operation.ts';
import type { Schedule } from '../../src/schedule/schedule.ts';
import type { Timing } from '../../src/schedule/timing.ts';
import { intervalFrame, lineNames, waveform } from '../../src/schedule/waveform.ts';
import { readDump } from '../unit/schedule/value-change-dump.ts';

/** A change of the code on a line, as `<femtoseconds from the first edge> <line> <code>`, in order of time and line. */
export type LineEdges = readonly string[];

/** The edges that the schedule's own waveform has. */
export function scheduledEdges(schedule: Schedule, driver: DriverGrid, timing: Timing): LineEdges {
  const names = lineNames(schedule.geometry);
  const changes: Change[] = [];
  for (const interval of waveform(roundSchedule(schedule, driver), timing)) {
    const { wordVolts, bitVolts } = intervalFrame(schedule.geometry, interval);
    for (const [line, volts] of [...wordVolts, ...bitVolts].entries()) {
      const steps = Math.trunc(volts / driver.stepVolts + Math.sign(volts) * 1e-6);
      changes.push({ at: interval.start, name: names[line]!, code: steps + 0 });
      changes.push({ at: interval.end, name: names[line]!, code: 0 });
    }
  }
  return edges(changes, names);
}

/** The edges that a simulation wrote down. */
export function simulatedEdges(valueChangeDump: string, schedule: Schedule): LineEdges {
  const names = lineNames(schedule.geometry);
  const dump = readDump(valueChangeDump.replace(/(\d)fs/u, '$1 fs'));
  const femtosecondsPerTick = toFemtoseconds(dump.secondsPerTick).femtoseconds;
  const changes = dump.changes
    .filter(({ name }) => names.includes(name))
    .map(({ tick, name, value }) => ({ at: tick * femtosecondsPerTick, name, code: signed(value) }));
  return edges(changes, names);
}

interface Change {
  readonly at: bigint;
  readonly name: string;
  readonly code: number;
}

/** Lines start at 0; what changes nothing is no edge. */
function edges(changes: readonly Change[], names: readonly string[]): LineEdges {
  const shown = new Map(names.map((name) => [name, 0]));
  const found = changes.filter(({ name, code }) => {
    const isEdge = shown.get(name) !== code;
    shown.set(name, code);
    return isEdge;
  });
  const origin = found[0]?.at ?? 0n;
  return found
    .toSorted((a, b) => Number(a.at - b.at) || names.indexOf(a.name) - names.indexOf(b.name))
    .map(({ at, name, code }) => `${at - origin} ${name} ${code}`);
}

/** A vector of 16 bits; before the first clock it is unknown, and no line is driven. */
function signed(bits: string): number {
  if (bits.includes('x')) {
    return 0;
  }
  const value = Number.parseInt(bits, 2);
  return value >= 0x8000 ? value - 0x1_0000 : value;
}
