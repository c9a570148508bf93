import type { Crossbar } from '../../src/array/crossbar.ts';
import type { Amperes, Seconds, Volts } from '../../src/units.ts';
import type { SourceLoad } from '../bench-kit/virtual-output.ts';
import { switchOf } from './pins.ts';

/** Part of a width at whose end the current is measured. */
const measuredPart = 1e-3;

/**
 * Cells with a transistor each, all between the same two lines. A gate that is not connected keeps its charge; its
 * transistor is on above the threshold, and is then taken for a wire.
 */
export class VirtualGates implements SourceLoad {
  readonly #crossbar: Crossbar;
  readonly #pins: readonly number[];
  readonly #threshold: Volts;
  readonly #gates: Volts[];

  /** @param pins - of the gate of each word line */
  constructor(crossbar: Crossbar, pins: readonly number[], threshold: Volts) {
    this.#crossbar = crossbar;
    this.#pins = pins;
    this.#threshold = threshold;
    this.#gates = pins.map(() => 0);
  }

  /** Word lines whose transistors are on. */
  get selected(): number[] {
    return [...this.#gates.keys()].filter((word) => this.#gates[word]! >= this.#threshold);
  }

  /** Connect the gates of a mask to a voltage. */
  drive(volts: Volts, mask: number): void {
    for (const [word, pin] of this.#pins.entries()) {
      if (((mask >>> switchOf(pin)) & 1) === 1) {
        this.#gates[word] = volts;
      }
    }
  }

  amperes(volts: Volts): Amperes {
    const conductances = this.#crossbar.conductances(volts === 0 ? undefined : volts);
    return this.selected.reduce((sum, word) => sum + conductances[word]! * volts, 0);
  }

  hold(volts: Volts, width: Seconds): Amperes {
    const { wordLines, bitLines } = this.#crossbar.geometry;
    const wordVolts = new Float64Array(wordLines);
    for (const word of this.selected) {
      wordVolts[word] = volts;
    }
    const frame = { wordVolts, bitVolts: new Float64Array(bitLines) };
    this.#crossbar.frame(frame, width * (1 - measuredPart));
    return this.#crossbar.sense(frame, width * measuredPart).reduce((sum, amperes) => sum + amperes, 0);
  }
}
