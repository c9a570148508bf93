/**
 * A crossbar by modified nodal analysis with 32 digits: node voltages and the currents of all branches are unknown,
 * so that a branch of 0 ohm is an equation like any other. Shares no code with the solvers.
 */
import type { Drive, LineEnd } from '../../../src/circuit/line-ends.ts';
import { negate, pair, type Pair, solveDense, zero } from './double-double.ts';

/** A circuit as plain numbers; segments are [lines][cells + 1]. */
export interface PlainCircuit {
  readonly wordLines: number;
  readonly bitLines: number;
  /** [word][bit]; null is open. */
  readonly cellOhms: readonly (readonly (number | null)[])[];
  readonly wordSegments: readonly (readonly number[])[];
  readonly bitSegments: readonly (readonly number[])[];
  readonly drive: Drive;
}

export interface ReferenceSolution {
  readonly wordNodeVolts: number[];
  readonly bitNodeVolts: number[];
  readonly currentIntoEnd: Record<LineEnd, number[] | null>;
  readonly largestCurrent: number;
  readonly largestVolts: number;
  /** Of a cell with a resistance. */
  readonly largestSiemens: number;
}

interface Branch {
  readonly from: number;
  /** A node, or the voltage of a source. */
  readonly to: number | { readonly volts: number; readonly end: LineEnd; readonly line: number };
  readonly ohms: number;
}

function branchesOf(circuit: PlainCircuit): Branch[] {
  const { wordLines, bitLines, cellOhms, wordSegments, bitSegments, drive } = circuit;
  const word = (i: number, j: number) => 2 * (i * bitLines + j);
  const bit = (i: number, j: number) => word(i, j) + 1;
  const branches: Branch[] = [];
  for (let i = 0; i < wordLines; i++) {
    for (let j = 0; j < bitLines; j++) {
      const ohms = cellOhms[i]![j]!;
      if (ohms !== null) {
        branches.push({ from: word(i, j), to: bit(i, j), ohms });
      }
      if (j > 0) {
        branches.push({ from: word(i, j - 1), to: word(i, j), ohms: wordSegments[i]![j]! });
      }
      if (i > 0) {
        branches.push({ from: bit(i - 1, j), to: bit(i, j), ohms: bitSegments[j]![i]! });
      }
    }
  }
  const source = (end: LineEnd, line: number, from: number, segment: number) => {
    const side = drive[end];
    const volts = side?.volts[line] ?? null;
    if (side !== null && volts !== null) {
      const series = side.seriesResistance;
      const ohms = segment + (typeof series === 'number' ? series : series[line]!);
      branches.push({ from, to: { volts, end, line }, ohms });
    }
  };
  for (let i = 0; i < wordLines; i++) {
    source('wordLeft', i, word(i, 0), wordSegments[i]![0]!);
    source('wordRight', i, word(i, bitLines - 1), wordSegments[i]![bitLines]!);
  }
  for (let j = 0; j < bitLines; j++) {
    source('bitTop', j, bit(0, j), bitSegments[j]![0]!);
    source('bitBottom', j, bit(wordLines - 1, j), bitSegments[j]![wordLines]!);
  }
  return branches;
}

/** Solve the circuit; it must not hold a loop without resistance. */
export function solveReference(circuit: PlainCircuit): ReferenceSolution {
  const { wordLines, bitLines, drive } = circuit;
  const branches = branchesOf(circuit);
  const nodes = 2 * wordLines * bitLines;
  const size = nodes + branches.length;
  const rows: Pair[][] = Array.from({ length: size }, () => Array.from({ length: size }, () => zero));
  const right: Pair[] = Array.from({ length: size }, () => zero);
  branches.forEach(({ from, to, ohms }, k) => {
    const current = nodes + k;
    const row = rows[current]!;
    rows[from]![current] = pair(1);
    // An equation of currents for a large resistance, of voltages for a small one.
    const scale = ohms > 1 ? 1 / ohms : 1;
    row[from] = pair(scale);
    row[current] = negate(pair(ohms > 1 ? 1 : ohms));
    if (typeof to === 'number') {
      rows[to]![current] = pair(-1);
      row[to] = pair(-scale);
    } else {
      right[current] = pair(to.volts * scale);
    }
  });
  const solution = solveDense(rows, right).map(([high]) => high);
  const currents = solution.slice(nodes);
  const side = (end: LineEnd, lines: number) => {
    if (drive[end] === null) {
      return null;
    }
    const into = Array.from({ length: lines }, () => 0);
    branches.forEach(({ to }, k) => {
      if (typeof to === 'object' && to.end === end) {
        into[to.line] = currents[k]!;
      }
    });
    return into;
  };
  const volts = solution.slice(0, nodes);
  return {
    wordNodeVolts: volts.filter((_, node) => node % 2 === 0),
    bitNodeVolts: volts.filter((_, node) => node % 2 === 1),
    currentIntoEnd: {
      wordLeft: side('wordLeft', wordLines),
      wordRight: side('wordRight', wordLines),
      bitTop: side('bitTop', bitLines),
      bitBottom: side('bitBottom', bitLines),
    },
    largestCurrent: Math.max(...currents.map(Math.abs)),
    largestVolts: Math.max(...volts.map(Math.abs)),
    largestSiemens: Math.max(
      0,
      ...circuit.cellOhms.flat().map((ohms) => (ohms === null || ohms === 0 ? 0 : 1 / ohms)),
    ),
  };
}
