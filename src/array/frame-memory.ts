import type { BiasFrame } from './bias.ts';
import { cellCount, type Geometry } from './geometry.ts';
import type { NewtonStart } from '../circuit/newton-solver.ts';

/** Enough for the pulses and the reads of a write-verify loop, under two polarities. */
const capacity = 4;
/** Part of a frame's squared voltages up to which another one is near. */
const nearness = 0.25;
const sameness = 1e-12;

interface Solution {
  readonly cellVolts: Float64Array;
  readonly cellCurrents: Float64Array;
  readonly bitNodeVolts: Float64Array;
}

/** A solution that was kept, with its frame. */
interface Memory extends Solution, BiasFrame {
  reference: number;
}

/** A solution in proportion to another frame. */
export interface Recollection extends NewtonStart {
  /** Whether the other frame is the same but for that factor. */
  readonly exact: boolean;
  readonly cellCurrents: Float64Array;
}

/** The last solutions of an array under frames of different shape, to begin the next ones with. */
export class FrameMemory {
  readonly #geometry: Geometry;
  /** The latest first. */
  readonly #memories: Memory[] = [];
  readonly #scaled: Solution;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    this.#scaled = createSolution(cellCount(geometry));
  }

  /** The solution for the nearest frame, in proportion to the voltages; null where none is near. */
  recall(frame: BiasFrame): Recollection | null {
    const nearest = this.#nearest(frame);
    if (nearest === null || nearest.distance > nearness) {
      return null;
    }
    const { memory, scale } = nearest;
    const { cellVolts, cellCurrents, bitNodeVolts } = this.#scaled;
    for (let cell = 0; cell < cellVolts.length; cell++) {
      cellVolts[cell] = scale * memory.cellVolts[cell]!;
      cellCurrents[cell] = scale * memory.cellCurrents[cell]!;
      bitNodeVolts[cell] = scale * memory.bitNodeVolts[cell]!;
    }
    return {
      ...this.#scaled,
      reference: memory.reference,
      exact:
        isMultiple(frame.wordVolts, scale, memory.wordVolts) &&
        isMultiple(frame.bitVolts, scale, memory.bitVolts),
    };
  }

  /** Keep a solution in place of one for the same frame but for a factor, or of the oldest. */
  keep(frame: BiasFrame, solution: NewtonStart, cellCurrents: Float64Array): void {
    if (!(solution.reference > 0)) {
      return;
    }
    const memory = this.#place(frame);
    memory.wordVolts.set(frame.wordVolts);
    memory.bitVolts.set(frame.bitVolts);
    memory.cellVolts.set(solution.cellVolts);
    memory.cellCurrents.set(cellCurrents);
    memory.bitNodeVolts.set(solution.bitNodeVolts);
    memory.reference = solution.reference;
    this.#memories.unshift(memory);
  }

  #place(frame: BiasFrame): Memory {
    const nearest = this.#nearest(frame);
    if (nearest !== null && nearest.distance < sameness) {
      const [same] = this.#memories.splice(this.#memories.indexOf(nearest.memory), 1);
      return same!;
    }
    return (this.#memories.length < capacity ? undefined : this.#memories.pop()) ?? this.#create();
  }

  #create(): Memory {
    const { wordLines, bitLines } = this.#geometry;
    return {
      wordVolts: new Float64Array(wordLines),
      bitVolts: new Float64Array(bitLines),
      ...createSolution(cellCount(this.#geometry)),
      reference: 0,
    };
  }

  /** The memory whose multiple leaves the least of a frame's squared voltages, and what it leaves. */
  #nearest(frame: BiasFrame): { memory: Memory; scale: number; distance: number } | null {
    const own = product(frame, frame);
    let nearest: { memory: Memory; scale: number; distance: number } | null = null;
    for (const memory of this.#memories) {
      const common = product(frame, memory);
      const squares = product(memory, memory);
      const distance = 1 - common ** 2 / (own * squares);
      if (distance < (nearest?.distance ?? Infinity)) {
        nearest = { memory, scale: common / squares, distance };
      }
    }
    return nearest;
  }
}

function createSolution(cells: number): Solution {
  return {
    cellVolts: new Float64Array(cells),
    cellCurrents: new Float64Array(cells),
    bitNodeVolts: new Float64Array(cells),
  };
}

/** To rounding. */
function isMultiple(volts: Float64Array, factor: number, of: Float64Array): boolean {
  return volts.every((value, line) => {
    const product = factor * of[line]!;
    return Math.abs(value - product) <= 1e-12 * Math.abs(value);
  });
}

function product(a: BiasFrame, b: BiasFrame): number {
  return dot(a.wordVolts, b.wordVolts) + dot(a.bitVolts, b.bitVolts);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) {
    sum += a[k]! * b[k]!;
  }
  return sum;
}
