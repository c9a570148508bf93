import { SolverError } from '../errors.ts';
import type { ExposureKernel } from '../kernels/exposure-kernel.ts';
import type { Joules, Seconds, Volts } from '../units.ts';
import { type Exposure, notFinite, type StressTotals } from './exposure.ts';
import { type Cell, cellName, type Geometry } from './geometry.ts';

/** The loop in compiled form, over states that live in the kernel's memory. */
export class KernelExposure implements Exposure {
  readonly #geometry: Geometry;
  readonly #kernel: ExposureKernel;

  constructor(geometry: Geometry, kernel: ExposureKernel) {
    this.#geometry = geometry;
    this.#kernel = kernel;
  }

  /** @throws SolverError when the model gives a state or a current that is not finite */
  expose(first: number, stride: number, count: number, hole: number, volts: Volts, seconds: Seconds): Joules {
    const amperes = this.#kernel.expose(first, stride, count, hole, volts, seconds);
    if (!Number.isFinite(amperes)) {
      throw notFinite(this.#geometry, first, stride, count, volts, seconds);
    }
    return volts * amperes * seconds;
  }

  /** @throws SolverError when the model gives a state or a current that is not finite */
  select(
    cell: Cell,
    selected: Volts,
    sameWord: Volts,
    sameBit: Volts,
    other: Volts,
    seconds: Seconds,
    factor: number,
    totals: StressTotals,
  ): void {
    const kernel = this.#kernel;
    kernel.select(cell.word, cell.bit, selected, sameWord, sameBit, other, seconds, factor);
    if (!Number.isFinite(kernel.joules)) {
      throw new SolverError(
        'not-finite',
        `cell ${cellName(cell)}: ${selected} V for ${seconds} s gives it, or a cell that the pulse disturbs, a state or current that is not finite`,
        {
          hint: 'Check the voltage against the range in which the model is valid.',
          details: { cell: cellName(cell), volts: selected, seconds },
        },
      );
    }
    totals.joules = kernel.joules;
    totals.addressedJoules = kernel.selectedJoules;
    totals.coulombs = kernel.coulombs;
  }
}
