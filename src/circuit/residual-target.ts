import { dropNumber } from './drop-number.ts';
import type { HeldNodes } from './held-nodes.ts';
import { LineFirmness } from './line-firmness.ts';
import type { LineSet } from './line-set.ts';
import type { NodalSystem } from './nodal-system.ts';

/** Below it rounding takes over. */
const smallestResidual = 1e-14;

/** How far the residual of an iteration must fall for the error to be below a tolerance, and how hard that is. */
export class ResidualTarget {
  /** Relative residual at which the error is below the tolerance. */
  residual = 0;
  /** The drop number chi. */
  drop = 0;
  readonly #system: NodalSystem;
  readonly #tolerance: number;
  readonly #firmness: LineFirmness;
  /** Whether some bit line has no source. */
  readonly #floating: boolean;

  /** @param bitNodes - of the bit lines of the system */
  constructor(system: NodalSystem, bitNodes: HeldNodes, tolerance: number) {
    this.#system = system;
    this.#tolerance = tolerance;
    this.#firmness = new LineFirmness(bitNodes, system.bits.lines, system.bits.cells);
    this.#floating = hasFloatingLine(system.bits);
  }

  /** @param lineConductances - sum of the conductances of the cells of each bit line */
  update(lineConductances: Float64Array): void {
    const { words, bits, conductances } = this.#system;
    const mean = lineConductances.reduce((sum, siemens) => sum + siemens, 0) / conductances.length;
    this.drop = dropNumber(words, bits, mean);
    // The error exceeds the residual where drop or loose lines amplify it.
    const amplification = (2.5 + this.drop / 50) * (this.#floating ? 10 : 1);
    const firmness = this.#firmness.ratio(lineConductances);
    this.residual = Math.max((this.#tolerance * Math.sqrt(firmness)) / amplification, smallestResidual);
  }

  /** Iterations that the bit lines alone as preconditioner take to lower the residual by a factor, from measurement. */
  iterationsFor(factor: number): number {
    return (Math.log10(factor) / 9) * (4 + 1.65 * Math.sqrt(this.drop));
  }
}

function hasFloatingLine({ first, last }: LineSet): boolean {
  return first.resistance.some((ohms, line) => Math.min(ohms, last.resistance[line]!) === Infinity);
}
