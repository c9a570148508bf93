import type { BiasFrame } from './bias.ts';
import { cellCount, type Geometry } from './geometry.ts';
import type { NewtonStart } from './newton-solver.ts';

/** Enough for the pulses and the reads of a write-verify loop, under two polarities. */
const capacity = 4;
/** Part of a frame's squared voltages up to which another one is near. */
const nearness = 0.25;
const sameness = 1e-12;

interface Memory {
  readonly wordVolts: Float64Array;
  readonly bitVolts: Float64Array;
  readonly cellVolts: Float64Array;
  readonly bitNodeVolts: Float64Array;
  reference: number;
}

/** The last solutions of an array under frames of different shape, to begin the next ones with. */
export class FrameMemory {
  readonly #geometry: Geometry;
  /** The latest first. */
  readonly #memories: Memory[] = [];
  readonly #scaled: { readonly cellVolts: Float64Array; readonly bitNodeVolts: Float64Array };

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    const cells = cellCount(geometry);
    this.#scaled = { cellVolts: new Float64Array(cells), bitNodeVolts: new Float64Array(cells) };
  }

  /** The solution for the nearest frame, in proportion to the voltages; null where none is near. */
  recall(frame: BiasFrame): NewtonStart | null {
    const nearest = this.#nearest(frame);
    if (nearest === null || nearest.distance > nearness) {
      return null;
    }
    const { memory, scale } = nearest;
    const { cellVolts, bitNodeVolts } = this.#scaled;
    for (let cell = 0; cell < cellVolts.length; cell++) {
      cellVolts[cell] = scale * memory.cellVolts[cell]!;
      bitNodeVolts[cell] = scale * memory.bitNodeVolts[cell]!;
    }
    return { cellVolts, bitNodeVolts, reference: memory.reference };
  }

  /** Keep a solution in place of one for the same frame but for a factor, or of the oldest. */
  keep(frame: BiasFrame, solution: NewtonStart): void {
    if (!(solution.reference > 0)) {
      return;
    }
    const memory = this.#place(frame);
    memory.wordVolts.set(frame.wordVolts);
    memory.bitVolts.set(frame.bitVolts);
    memory.cellVolts.set(solution.cellVolts);
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
    const cells = wordLines * bitLines;
    return {
      wordVolts: new Float64Array(wordLines),
      bitVolts: new Float64Array(bitLines),
      cellVolts: new Float64Array(cells),
      bitNodeVolts: new Float64Array(cells),
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
