import { describe, expect, test } from 'vitest';
import { lineEnds } from '../../src/circuit/line-ends.ts';
import type { LineSet } from '../../src/circuit/line-set.ts';
import { type NodalSystem, sideOf } from '../../src/circuit/nodal-system.ts';
import { createLineSweeps } from '../../src/circuit/create-line-sweeps.ts';
import { solveDirect } from '../../src/circuit/direct-solver.ts';
import { solveIterative } from '../../src/circuit/solve-iterative.ts';
import { type ArrayChoice, drawArray } from '../unit/circuit/array-circuits.ts';

/** ngspice, compiled to WebAssembly; the comparison is skipped where the package cannot be loaded. */
const engine = await import('eecircuit-engine').catch(() => undefined);

const mixed: ArrayChoice = {
  wordLines: 16,
  bitLines: 16,
  driven: [...lineEnds],
  mixed: true,
  open: 0.1,
  perSegment: true,
  wordOhms: 20,
  bitOhms: 30,
  seriesOhms: 50,
};

const arrays: Readonly<Record<string, ArrayChoice>> = {
  'driven from two sides': { wordLines: 16, bitLines: 16, wordOhms: 5, bitOhms: 3 },
  'with mixed ends and open cells': mixed,
  'of strong drop': { wordLines: 16, bitLines: 12, wordOhms: 2000, bitOhms: 1000, seriesOhms: 100 },
};

/** The circuit as an operating point for SPICE, with nodes u_word_bit and v_word_bit. */
function netlistOf(system: NodalSystem): string {
  const { geometry, conductances, words, bits } = system;
  const lines = ['crossbar'];
  let count = 0;
  const resistor = (a: string, b: string, ohms: number) => lines.push(`r${count++} ${a} ${b} ${ohms}`);
  conductances.forEach((siemens, index) => {
    const word = Math.floor(index / geometry.bitLines);
    const bit = index % geometry.bitLines;
    if (siemens > 0) {
      resistor(`u_${word}_${bit}`, `v_${word}_${bit}`, 1 / siemens);
    }
  });
  const along = (set: LineSet, node: (line: number, at: number) => string) => {
    for (let line = 0; line < set.lines; line++) {
      for (let at = 1; at < set.cells; at++) {
        const ohms =
          typeof set.segments === 'number' ? set.segments : set.segments[line * (set.cells + 1) + at]!;
        resistor(node(line, at - 1), node(line, at), ohms);
      }
    }
  };
  along(words, (line, at) => `u_${line}_${at}`);
  along(bits, (line, at) => `v_${at}_${line}`);
  const nearest = {
    wordLeft: (line: number) => `u_${line}_0`,
    wordRight: (line: number) => `u_${line}_${geometry.bitLines - 1}`,
    bitTop: (line: number) => `v_0_${line}`,
    bitBottom: (line: number) => `v_${geometry.wordLines - 1}_${line}`,
  };
  for (const end of lineEnds) {
    const { resistance, volts } = sideOf(system, end);
    resistance.forEach((ohms, line) => {
      if (ohms < Infinity) {
        lines.push(`v${end}${line} ${end}_${line} 0 dc ${volts[line]}`);
        resistor(`${end}_${line}`, nearest[end](line), ohms);
      }
    });
  }
  return [...lines, '.options reltol=1e-10 vntol=1e-14 abstol=1e-18', '.op', '.end'].join('\n');
}

describe.skipIf(engine === undefined)('ngspice finds the same voltages', () => {
  test.each(Object.entries(arrays))('%s', async (_name, choice) => {
    const system = drawArray(choice);
    const { bitLines } = system.geometry;
    const simulation = new engine!.Simulation();
    await simulation.start();
    simulation.setNetList(netlistOf(system));
    const result = await simulation.runSim();
    const volts = new Map(
      result.dataType === 'real'
        ? result.data.map(({ name, values }) => [name.toLowerCase(), values[0]!])
        : [],
    );
    const node = (kind: string, k: number) =>
      volts.get(`v(${kind}_${Math.floor(k / bitLines)}_${k % bitLines})`)!;
    for (const found of [
      solveDirect(system),
      solveIterative(system, createLineSweeps(system), { tolerance: 1e-11 }),
    ]) {
      const differences = system.conductances.map((_, k) =>
        Math.max(
          Math.abs(found.wordNodeVolts[k]! - node('u', k)),
          Math.abs(found.bitNodeVolts[k]! - node('v', k)),
        ),
      );
      expect(Math.max(...differences)).toBeLessThan(1e-9);
    }
  });
});
