import { ModelDomainError } from '../errors.ts';
import type { DeviceModel } from '../model/device-model.ts';
import type { ParameterValues } from '../model/parameter-set.ts';
import type { Amperes, Siemens, Volts } from '../units.ts';
import type { CellParameters } from './device-spread.ts';
import { type FaultMap, faultCodes } from './faults.ts';
import { CellStates } from './cell-states.ts';
import { cellAt, cellName, type Geometry } from './geometry.ts';
import type { CellLoads } from './line-network.ts';

/** The devices of an array: one model, its parameters cell by cell, and the state of each. */
export class CellBank implements CellLoads {
  readonly geometry: Geometry;
  readonly model: DeviceModel;
  readonly parameters: CellParameters;
  readonly faults: FaultMap;
  /** In the model's unit. */
  readonly states: CellStates;

  /**
   * Place every cell at the lowest conductance that its parameters allow; cells that are stuck high go to the
   * highest.
   *
   * @param states - where the states are kept
   * @throws ModelDomainError for a cell whose drawn parameters leave it no range of states
   */
  constructor(
    geometry: Geometry,
    model: DeviceModel,
    parameters: CellParameters,
    faults: FaultMap,
    states: CellStates = new CellStates(geometry),
  ) {
    this.geometry = geometry;
    this.model = model;
    this.parameters = parameters;
    this.faults = faults;
    this.states = states;
    for (let index = 0; index < this.states.length; index++) {
      this.#requireRange(index);
      const high = faults[index] === faultCodes['stuck-high'];
      this.states.set(index, boundaryState(model, parameters.at(index), high ? 'high' : 'low'));
    }
  }

  /** Current of one cell in its present state, from word line to bit line. */
  current(index: number, volts: Volts): Amperes {
    return this.model.current(volts, this.states.at(index), this.parameters.at(index));
  }

  /** Magnitude by which the current of one cell at a voltage differs from that in another state. */
  currentChange(index: number, volts: Volts, state: number): Amperes {
    const now = this.states.at(index);
    return now === state
      ? 0
      : Math.abs(this.current(index, volts) - this.model.current(volts, state, this.parameters.at(index)));
  }

  /** Conductance of one cell as a noise-free read at `readVolts` sees it. */
  conductance(index: number, readVolts: Volts): Siemens {
    return this.current(index, readVolts) / readVolts;
  }

  #requireRange(index: number): void {
    const parameters = this.parameters.at(index);
    const lower = this.model.lowerBound(parameters);
    const upper = this.model.upperBound(parameters);
    if (!(lower < upper && Number.isFinite(lower) && Number.isFinite(upper))) {
      const { symbol, unit } = this.model.state;
      const name = cellName(cellAt(this.geometry, index));
      throw new ModelDomainError(
        'state-range',
        `cell ${name}: its parameters bound ${symbol} from ${lower} to ${upper} ${unit}, expected a finite range`,
        {
          hint: 'Make the device-to-device spread of the bounds smaller.',
          details: { cell: name, lower, upper },
        },
      );
    }
  }
}

/** The bound of the state at which the conductance is highest or lowest. */
export function boundaryState(model: DeviceModel, parameters: ParameterValues, end: 'high' | 'low'): number {
  const atUpper = (model.state.conductance === 'rises') === (end === 'high');
  return atUpper ? model.upperBound(parameters) : model.lowerBound(parameters);
}
