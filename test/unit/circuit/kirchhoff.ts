/** Kirchhoff's current law at every node of a crossbar, written apart from the solvers. */
import type { LineSet } from '../../../src/circuit/line-set.ts';
import type { NodalSystem } from '../../../src/circuit/nodal-system.ts';

/** Largest sum of currents into a node, or into a group of nodes that no resistance keeps apart. */
export function largestImbalanceOf(
  system: NodalSystem,
  wordNodeVolts: Float64Array,
  bitNodeVolts: Float64Array,
  cellCurrents: Float64Array,
): number {
  const { bitLines } = system.geometry;
  const along = (
    set: LineSet,
    volts: Float64Array,
    index: (line: number, at: number) => number,
    sign: number,
  ) => {
    let worst = 0;
    for (let line = 0; line < set.lines; line++) {
      const links = Array.from({ length: set.cells + 1 }, (_, link) => {
        if (link === 0) {
          return set.first.resistance[line]!;
        }
        if (link === set.cells) {
          return set.last.resistance[line]!;
        }
        return typeof set.segments === 'number' ? set.segments : set.segments[line * (set.cells + 1) + link]!;
      });
      let group: number[] = [];
      for (let at = 0; at < set.cells; at++) {
        group.push(at);
        if (links[at + 1] === 0 && at + 1 < set.cells) {
          continue;
        }
        const [start, end] = [group[0]!, at];
        const isHeld = (start === 0 && links[0] === 0) || (end === set.cells - 1 && links[set.cells] === 0);
        if (!isHeld) {
          const before = start === 0 ? set.first.volts[line]! : volts[index(line, start - 1)]!;
          const after = end === set.cells - 1 ? set.last.volts[line]! : volts[index(line, end + 1)]!;
          const cells = group.reduce((sum, k) => sum + sign * cellCurrents[index(line, k)]!, 0);
          const sum =
            cells +
            (before - volts[index(line, start)]!) / links[start]! +
            (after - volts[index(line, end)]!) / links[end + 1]!;
          worst = Math.max(worst, Math.abs(sum));
        }
        group = [];
      }
    }
    return worst;
  };
  return Math.max(
    along(system.words, wordNodeVolts, (line, at) => line * bitLines + at, -1),
    along(system.bits, bitNodeVolts, (line, at) => at * bitLines + line, 1),
  );
}
