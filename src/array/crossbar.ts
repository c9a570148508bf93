import { UsageError } from '../errors.ts';
import { ExposureKernel } from '../kernels/exposure-kernel.ts';
import type { DeviceModel } from '../model/device-model.ts';
import type { ParameterValues } from '../model/parameter-set.ts';
import type { Variability } from '../model/variability.ts';
import type { Amperes, Seconds, Siemens, Volts } from '../units.ts';
import { ArrayStress } from './array-stress.ts';
import { type BiasFrame, type BiasScheme, selectCell } from './bias.ts';
import { CellBank } from './cell-bank.ts';
import { CellStates } from './cell-states.ts';
import { CellWriter } from './cell-writer.ts';
import { CellParameters } from './device-spread.ts';
import { DrivenArray } from './driven-array.ts';
import { DrivenCross } from './driven-cross.ts';
import { ModelExposure } from './exposure.ts';
import { requireSameEquations } from './kernel-agreement.ts';
import { KernelExposure } from './kernel-exposure.ts';
import { type CellFault, drawFaults, type FaultMap, faultOf } from './faults.ts';
import { type Cell, cellCount, cellIndex, type Geometry } from './geometry.ts';
import { type InitialConductance, setInitialConductances } from './initial-conductance.ts';
import { Ledger, type LedgerKind } from './ledger.ts';
import { idealWires, type LineNetwork, type LineSolution } from './line-network.ts';
import { requireCell, requireFrame, requireLength, requireVolts, requireWidth } from './operation-checks.ts';
import { ReadNoise } from './read-noise.ts';

export interface CrossbarOptions {
  readonly geometry: Geometry;
  readonly model: DeviceModel;
  readonly parameters: ParameterValues;
  readonly variability: Variability;
  /** Integer from 0 to 2^53 - 1; with the options and the operations it fixes every bit of the array. */
  readonly seed: number;
  /** Voltage at which conductance is meant where none is given. */
  readonly readVolts: Volts;
  readonly initial: InitialConductance;
  /** Stuck cells, instead of those that `variability.stuck` would draw. */
  readonly faults?: FaultMap;
  /** The wires; ideal if left out. */
  readonly network?: LineNetwork;
  /**
   * Name of the compiled form of the model, as `loadDevice` gives it. If left out, or where it was not built, the
   * model's own functions run.
   */
  readonly kernel?: string | undefined;
}

/**
 * An array of devices between word lines and bit lines. Every operation, reads included, moves every cell that
 * sees a voltage. Operations are counted, and the count is the event that keys their random draws.
 *
 * @example
 * const { model, parameters } = await loadDevice('data-driven-2016', 'tiox-2016');
 * const crossbar = new Crossbar({
 *   geometry: createGeometry(8, 8),
 *   model,
 *   parameters,
 *   variability: noVariability,
 *   seed: 1,
 *   readVolts: 0.2,
 *   initial: { mean: 1e-4, spread: { distribution: 'log-normal', relative: 0.1 } },
 * });
 * crossbar.pulse({ word: 3, bit: 5 }, 1.2, 1e-7, biasSchemes.half);
 * crossbar.read({ word: 3, bit: 5 }, 0.2, 1e-6, biasSchemes.grounded) / 0.2; // its conductance, siemens
 */
export class Crossbar {
  readonly geometry: Geometry;
  readonly model: DeviceModel;
  readonly readVolts: Volts;
  readonly ledger: Ledger = new Ledger();
  readonly #cells: CellBank;
  readonly #stress: ArrayStress;
  readonly #network: LineNetwork;
  readonly #readNoise: ReadNoise;
  #array: DrivenArray | null = null;
  readonly #cross: DrivenCross | null;
  /** Whether the last operation moved the lines of one cell alone. */
  #crossed = false;
  #event = 0;

  /**
   * @throws ConfigError for a variability that cannot be drawn
   * @throws ModelDomainError for conductances or drawn parameters outside what the model allows
   * @throws UsageError for a read voltage of 0 V, a matrix of another size, or the kernel of another model
   */
  constructor(options: CrossbarOptions) {
    const { geometry, model, parameters, variability, seed } = options;
    if (!(Number.isFinite(options.readVolts) && options.readVolts !== 0)) {
      throw new UsageError('read-volts', `array: readVolts is ${options.readVolts} V, expected any but 0 V`);
    }
    const faults = options.faults ?? drawFaults(geometry, variability.stuck, seed);
    requireLength('faults', faults.length, cellCount(geometry));
    this.geometry = geometry;
    this.model = model;
    this.readVolts = options.readVolts;
    const cellParameters = new CellParameters(
      model.parameters,
      parameters,
      variability.deviceToDevice,
      cellCount(geometry),
      seed,
    );
    const kernel =
      options.kernel === undefined
        ? undefined
        : ExposureKernel.load({
            kernel: options.kernel,
            geometry,
            published: parameters,
            columns: cellParameters.columns,
            faults,
          });
    if (kernel !== undefined) {
      requireSameEquations(kernel, model, parameters);
    }
    const states = new CellStates(geometry, kernel?.states, kernel?.pitch);
    this.#cells = new CellBank(geometry, model, cellParameters, faults, states);
    setInitialConductances(this.#cells, options.initial, options.readVolts, seed);
    this.#stress = new ArrayStress(
      this.#cells,
      new CellWriter(this.#cells, variability.cycleToCycle, seed),
      kernel === undefined ? new ModelExposure(this.#cells) : new KernelExposure(geometry, kernel),
    );
    this.#network = options.network ?? idealWires;
    this.#cross =
      this.#network.wiring === undefined || !model.promises.quietAtZeroVolts
        ? null
        : new DrivenCross(this.#cells, this.#stress, this.#network, this.#network.wiring, kernel);
    this.#readNoise = new ReadNoise(variability.readNoise, seed);
  }

  /** Number of operations so far. */
  get events(): number {
    return this.#event;
  }

  /**
   * Pulse one cell. Cells that see at least {@link writtenFraction} of the largest voltage are written and
   * scatter from cycle to cycle; all others are disturbed by the mean.
   *
   * @param volts - over the cell, word line above bit line
   * @throws UsageError for a cell outside the array, or a voltage or width that is not one
   * @throws SolverError when the model gives a state or a current that is not finite
   */
  pulse(cell: Cell, volts: Volts, width: Seconds, scheme: BiasScheme): void {
    this.#select(cell, volts, width, scheme, true);
    this.#book('pulse', width);
  }

  /**
   * Read one cell: a pulse that disturbs by the mean, then the cell's own current at its end, with read noise.
   * This is what a sense amplifier finds under a scheme that leaves the other cells of the bit line without
   * voltage; under others their currents add on a real bit line, see {@link sense}. Wires with resistance leave the
   * cell less than the read voltage, and its current falls short by as much.
   *
   * @throws UsageError for a cell outside the array, or a voltage or width that is not one
   * @throws SolverError when the model gives a state or a current that is not finite
   */
  read(cell: Cell, volts: Volts, width: Seconds, scheme: BiasScheme): Amperes {
    const event = this.#event;
    this.#select(cell, volts, width, scheme, false);
    this.#book('read', width);
    const index = cellIndex(this.geometry, cell);
    const seen = this.#cellVolts(index, volts, scheme);
    return this.#cells.current(index, seen) * this.#readNoise.factor(index, event);
  }

  /**
   * Drive all lines at once. Cells are written or disturbed as in {@link pulse}.
   *
   * @throws UsageError for a frame of another size, or a voltage or width that is not one
   * @throws SolverError when the model gives a state or a current that is not finite
   */
  frame(frame: BiasFrame, width: Seconds): void {
    requireFrame(this.geometry, frame);
    requireWidth(width);
    this.#drive(frame, width, true, null);
    this.#book('frame', width);
  }

  /**
   * Drive all lines at once and read the current out of every bit line at the end, with the read noise of every
   * cell. All cells are disturbed by the mean.
   *
   * @returns [bitLines], ampere
   * @throws UsageError for a frame of another size, or a voltage or width that is not one
   * @throws SolverError when the model gives a state or a current that is not finite
   */
  sense(frame: BiasFrame, width: Seconds): Float64Array {
    requireFrame(this.geometry, frame);
    requireWidth(width);
    const event = this.#event;
    const solution = this.#drive(frame, width, false, null);
    this.#book('sense', width);
    this.#readNoise.solve(this.#network, frame, this.#cells, event, solution);
    return solution.bitCurrents.slice();
  }

  /**
   * Hold all lines at 0 V.
   *
   * @throws UsageError for a time that is not one
   */
  wait(seconds: Seconds): void {
    requireWidth(seconds);
    this.#cross?.leave();
    this.#stress.rest(seconds);
    this.#book('wait', seconds);
  }

  /** Conductances without noise, [wordLines x bitLines] in siemens; nothing is disturbed. */
  conductances(readVolts: Volts = this.readVolts): Float64Array {
    this.#cross?.settle();
    return Float64Array.from({ length: this.#cells.states.length }, (_, index) =>
      this.#cells.conductance(index, readVolts),
    );
  }

  /**
   * Conductance of one cell without noise or disturb.
   *
   * @throws UsageError for a cell outside the array
   */
  conductanceOf(cell: Cell, readVolts: Volts = this.readVolts): Siemens {
    requireCell(this.geometry, cell);
    if (this.#cross?.isCurrent(cell) === false) {
      this.#cross.settle();
    }
    return this.#cells.conductance(cellIndex(this.geometry, cell), readVolts);
  }

  /** Copy of the model states, [wordLines x bitLines]. */
  states(): Float64Array {
    this.#cross?.settle();
    return this.#cells.states.toArray();
  }

  /**
   * Whether a cell is stuck.
   *
   * @throws UsageError for a cell outside the array
   */
  faultOf(cell: Cell): CellFault {
    requireCell(this.geometry, cell);
    return faultOf(this.#cells.faults, cellIndex(this.geometry, cell));
  }

  #select(cell: Cell, volts: Volts, width: Seconds, scheme: BiasScheme, scatter: boolean): void {
    requireCell(this.geometry, cell);
    requireVolts(volts);
    requireWidth(width);
    if (this.#network.ideal) {
      this.#stress.select(cell, volts, scheme, width, this.#event, scatter);
      return;
    }
    this.#crossed = this.#cross?.apply({ cell, volts, width, scheme, event: this.#event, scatter }) ?? false;
    if (!this.#crossed) {
      const frame = selectCell(this.geometry, cell, volts, scheme);
      this.#drive(frame, width, scatter, cellIndex(this.geometry, cell));
    }
  }

  #drive(frame: BiasFrame, width: Seconds, scatter: boolean, selected: number | null): LineSolution {
    this.#cross?.leave();
    this.#array ??= new DrivenArray(this.#cells, this.#stress, this.#network);
    return this.#array.apply({ frame, width, event: this.#event, scatter, selected });
  }

  /** Voltage over a cell, in its state after the operation that selects it. */
  #cellVolts(index: number, volts: Volts, scheme: BiasScheme): Volts {
    if (this.#cross !== null && this.#crossed) {
      return this.#cross.voltsAfter();
    }
    if (this.#array === null || this.#network.ideal) {
      return scheme.selectedWord * volts - scheme.selectedBit * volts;
    }
    return this.#array.solutionAfter().cellVolts[index]!;
  }

  #book(kind: LedgerKind, seconds: Seconds): void {
    const { joules, coulombs, addressedJoules } = this.#stress;
    this.ledger.book(kind, seconds, joules, coulombs, joules - addressedJoules);
    this.#event += 1;
  }
}
