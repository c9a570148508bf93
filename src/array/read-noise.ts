import type { Spread } from '../model/variability.ts';
import { RandomStream } from '../random.ts';
import type { Amperes, Volts } from '../units.ts';
import { cellCount, type Geometry } from './geometry.ts';
import type { BiasFrame } from './bias.ts';
import type { CellLoads, LineNetwork, LineSolution } from './line-network.ts';
import { requireSpread, spreadFactor } from './spread-factor.ts';

/** Scatter of the conductance from one read to the next: stream `read-noise`, keyed by cell and event. */
export class ReadNoise {
  readonly #spread: Spread;
  readonly #perCell: RandomStream;
  readonly #perLine: RandomStream;

  /** @throws ConfigError for an amplitude that is not one */
  constructor(spread: Spread, seed: number) {
    requireSpread('readNoise.relative', spread);
    this.#spread = spread;
    this.#perCell = new RandomStream(seed, 'read-noise');
    this.#perLine = new RandomStream(seed, 'read-noise/bit-line');
  }

  /** Draw the factor on one cell's conductance during one operation. */
  factor(index: number, event: number): number {
    return spreadFactor(this.#spread, this.#perCell, index, event);
  }

  /**
   * Solve the lines with the noise of one operation. Between ideal wires the Gaussian noise of a bit line's cells
   * adds up to one Gaussian with the exact variance s^2 sum I^2, drawn from the stream `read-noise/bit-line`;
   * else each cell is drawn.
   */
  solve(network: LineNetwork, frame: BiasFrame, cells: CellLoads, event: number, out: LineSolution): void {
    const { distribution, relative } = this.#spread;
    if (relative === 0) {
      network.solve(frame, cells, out);
    } else if (network.ideal && distribution === 'normal') {
      network.solve(frame, cells, out);
      this.#addToLines(cells, event, out);
    } else {
      network.solve(frame, new NoisyLoads(this, event, cells), out);
    }
  }

  #addToLines(cells: CellLoads, event: number, { cellVolts, bitCurrents }: LineSolution): void {
    const { wordLines, bitLines } = cells.geometry;
    for (let bit = 0; bit < bitLines; bit++) {
      let squares = 0;
      for (let word = 0; word < wordLines; word++) {
        const index = word * bitLines + bit;
        squares += cells.current(index, cellVolts[index]!) ** 2;
      }
      bitCurrents[bit]! += this.#spread.relative * Math.sqrt(squares) * this.#perLine.normal(bit, event);
    }
  }
}

class NoisyLoads implements CellLoads {
  readonly geometry: Geometry;
  readonly #factors: Float64Array;
  readonly #cells: CellLoads;

  constructor(noise: ReadNoise, event: number, cells: CellLoads) {
    this.geometry = cells.geometry;
    this.#factors = Float64Array.from({ length: cellCount(cells.geometry) }, (_, index) =>
      noise.factor(index, event),
    );
    this.#cells = cells;
  }

  current(index: number, volts: Volts): Amperes {
    return this.#cells.current(index, volts) * this.#factors[index]!;
  }
}
