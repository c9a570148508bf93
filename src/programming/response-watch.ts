import type { Siemens } from '../units.ts';
import type { CellTask, Verdict } from './policy.ts';

/**
 * Tells a cell that does not answer from one that is only slow: pulses in one direction that together move the
 * reading by less than a fraction of itself mark it as stuck.
 */
export class ResponseWatch {
  readonly #task: CellTask;
  readonly #patience: number;
  readonly #leastResponse: number;
  #rises: boolean | undefined;
  #from: Siemens = 0;
  #pulses = 0;

  /**
   * @param patience - pulses in one direction after which an answer is due
   * @param leastResponse - smallest relative change that counts as an answer
   */
  constructor(task: CellTask, patience: number, leastResponse: number) {
    this.#task = task;
    this.#patience = patience;
    this.#leastResponse = leastResponse;
  }

  /** Take note of one pulse and of the readings around it; returns a verdict when the cell is stuck. */
  observe(before: Siemens, after: Siemens): Verdict | undefined {
    const rises = before < this.#task.target;
    if (rises !== this.#rises) {
      this.#rises = rises;
      this.#from = before;
      this.#pulses = 0;
    }
    this.#pulses++;
    if (Math.abs(after - this.#from) >= this.#leastResponse * this.#from) {
      this.#from = after;
      this.#pulses = 0;
    }
    if (this.#pulses < this.#patience) {
      return undefined;
    }
    return rises ? 'stuck-low' : 'stuck-high';
  }
}
