/**
 * The circuit of a crossbar for ngspice: cells between word and bit lines, the wires between cells, line drivers, and a
 * transimpedance stage at the end of every bit line. Drivers stand at the left end of word lines and at the bottom end
 * of bit lines; the other ends are open.
 */
import type { Geometry } from '../src/array/geometry.ts';
import type { Ohms, Seconds, Volts } from '../src/units.ts';
import { floatText } from './identifiers.ts';

/** What stands between a word line and a bit line. */
export type NetlistCells =
  | {
      readonly kind: 'resistors';
      /** [wordLines x bitLines], siemens; a cell of 0 S is left out. */
      readonly conductances: Float64Array;
    }
  | {
      readonly kind: 'devices';
      /** File with the subcircuit, and its name. */
      readonly library: string;
      readonly subcircuit: string;
      /** [wordLines x bitLines], places of the states in their range at the start, 0 to 1. */
      readonly places: Float64Array;
    };

/** Resistance of the wires between neighbouring cells and at the driven ends, and of the drivers. */
export interface NetlistWires {
  readonly wordSegment: Ohms;
  readonly bitSegment: Ohms;
  readonly driver: Ohms;
}

/** What the emulator predicts for one instant. */
export interface Prediction {
  /** Of the measurement; letters, digits and underscores. */
  readonly name: string;
  /** Vector of the simulator, such as `i(vsense_b0)`. */
  readonly vector: string;
  readonly at: Seconds;
  readonly value: number;
}

export interface ArrayNetlist {
  /** Head of the file, a line each. */
  readonly notes: readonly string[];
  readonly geometry: Geometry;
  readonly cells: NetlistCells;
  readonly wires: NetlistWires;
  /** Gain of the transimpedance stages, and the magnitude at which their outputs saturate. */
  readonly readout: { readonly gain: Ohms; readonly maxVolts: Volts };
  /** Voltage sources on nodes `w0`, `w1`, ... and `b0`, `b1`, ..., as `scheduleToPwl` writes them. */
  readonly sources: string;
  readonly end: Seconds;
  /** Largest step of the simulator. */
  readonly step: Seconds;
  readonly predictions: readonly Prediction[];
}

/**
 * Write a crossbar as a netlist.
 *
 * Current out of bit line 3 is `i(vsense_b3)`, the output of its stage `v(out_b3)`. Each prediction becomes two
 * measurements: its name, and `error_` and its name for the relative difference from the emulator.
 *
 * @example
 * arrayNetlist({ ...array, predictions: [{ name: 'w0_b0', vector: 'i(vsense_b0)', at: 1e-6, value: 2e-5 }] });
 */
export function arrayNetlist(array: ArrayNetlist): string {
  const { notes, geometry, sources, end, step, predictions } = array;
  const lines = [
    ...notes.map((note) => `* ${note}`),
    ...(array.cells.kind === 'devices' ? [`.include ${array.cells.library}`] : []),
    '* line voltages',
    sources.trimEnd(),
    ...wireLines(geometry, array.wires),
    '* cells',
    ...cellLines(array),
    '* transimpedance stages: the sense source holds the bit line at the voltage of its driver',
    ...Array.from({ length: geometry.bitLines }, (_, bit) => stageLines(bit, array)).flat(),
    '.options method=gear reltol=1e-7 abstol=1e-15 trtol=1',
    `.tran ${floatText(step)} ${floatText(end)} 0 ${floatText(step)}`,
    '* what the emulator predicts',
    ...predictions.flatMap(measureLines),
    '.end',
  ];
  return `${lines.join('\n')}\n`;
}

function cellLines({ geometry, cells, wires }: ArrayNetlist): string[] {
  const { wordLines, bitLines } = geometry;
  const lines: string[] = [];
  for (let word = 0; word < wordLines; word++) {
    for (let bit = 0; bit < bitLines; bit++) {
      const index = word * bitLines + bit;
      const nodes = `${wordNode(word, bit, wires)} ${bitNode(word, bit, wires)}`;
      if (cells.kind === 'devices') {
        const place = floatText(cells.places[index]!);
        lines.push(`Xcell_w${word}_b${bit} ${nodes} ${cells.subcircuit} initial_state=${place}`);
      } else if (cells.conductances[index]! !== 0) {
        lines.push(`Rcell_w${word}_b${bit} ${nodes} ${floatText(1 / cells.conductances[index]!)}`);
      }
    }
  }
  return lines;
}

/** A line without resistance is one node. */
function wordNode(word: number, bit: number, { wordSegment }: NetlistWires): string {
  return wordSegment === 0 ? `word${word}` : `word${word}_${bit}`;
}

function bitNode(word: number, bit: number, { bitSegment }: NetlistWires): string {
  return bitSegment === 0 ? `bit${bit}` : `bit${bit}_${word}`;
}

function wireLines({ wordLines, bitLines }: Geometry, wires: NetlistWires): string[] {
  const lines = ['* drivers and wires'];
  for (let word = 0; word < wordLines; word++) {
    lines.push(joint(`drive_w${word}`, `w${word}`, `word${word}`, wires.driver));
    for (let bit = 0; bit < bitLines && wires.wordSegment !== 0; bit++) {
      const before = bit === 0 ? `word${word}` : wordNode(word, bit - 1, wires);
      lines.push(
        `Rword_w${word}_b${bit} ${before} ${wordNode(word, bit, wires)} ${floatText(wires.wordSegment)}`,
      );
    }
  }
  for (let bit = 0; bit < bitLines; bit++) {
    for (let word = 0; word < wordLines && wires.bitSegment !== 0; word++) {
      const after = word === wordLines - 1 ? `bit${bit}` : bitNode(word + 1, bit, wires);
      lines.push(
        `Rbit_w${word}_b${bit} ${bitNode(word, bit, wires)} ${after} ${floatText(wires.bitSegment)}`,
      );
    }
    lines.push(joint(`drive_b${bit}`, `b${bit}`, `sensed${bit}`, wires.driver));
  }
  return lines;
}

/** A source of 0 V joins two nodes without resistance. */
function joint(name: string, from: string, to: string, ohms: Ohms): string {
  return ohms === 0 ? `V${name} ${from} ${to} 0` : `R${name} ${from} ${to} ${floatText(ohms)}`;
}

function stageLines(bit: number, { readout: { gain, maxVolts } }: ArrayNetlist): string[] {
  const limit = floatText(maxVolts);
  return [
    `Vsense_b${bit} bit${bit} sensed${bit} 0`,
    `Bstage_b${bit} out_b${bit} 0 V = min(max(${floatText(gain)} * i(Vsense_b${bit}), -${limit}), ${limit})`,
  ];
}

function measureLines({ name, vector, at, value }: Prediction): string[] {
  const error = value === 0 ? `'${name}'` : `'(${name} - (${floatText(value)})) / (${floatText(value)})'`;
  return [
    `.measure tran ${name} FIND ${vector} AT=${floatText(at)}`,
    `.measure tran error_${name} PARAM=${error}`,
  ];
}
