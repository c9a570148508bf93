import type { Amperes, Seconds, Siemens, Volts } from '../units.ts';
import type { ParameterSchema, ParameterValues } from './parameter-set.ts';

/**
 * A two-terminal device with one state variable, as equations.
 *
 * The functions are pure functions of voltage, state and parameters, declared at module level without closures,
 * so that the same text is read by people next to the paper, compiled to other languages, and run over arrays.
 *
 * Voltage is positive when the top electrode (word line) is above the bottom electrode (bit line).
 */
export interface DeviceModel<Name extends string = string> {
  /** Name in the device table, such as `vteam`. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** DOI and equation numbers of the published model. */
  readonly source: string;
  readonly state: StateVariable;
  /** Sign of the voltage that raises the conductance. */
  readonly setPolarity: 1 | -1;
  readonly parameters: ParameterSchema<Name>;
  readonly promises: DevicePromises<Name>;

  /** Time derivative of the state at voltage `v`, in state units per second. */
  rate(v: Volts, x: number, p: ParameterValues<Name>): number;
  /** Current at voltage `v`; the state does not change. */
  current(v: Volts, x: number, p: ParameterValues<Name>): Amperes;
  /**
   * State after `dt` at constant voltage, in closed form, where one exists; else it is integrated. The closed form
   * may run past the bounds: the state stops at the bound, which the caller applies (`advanceState` does).
   */
  advance?(v: Volts, x: number, dt: Seconds, p: ParameterValues<Name>): number;
  /** Smallest state that the parameters allow. */
  lowerBound(p: ParameterValues<Name>): number;
  /** Largest state that the parameters allow. */
  upperBound(p: ParameterValues<Name>): number;
}

export interface StateVariable {
  /** The paper's letter. */
  readonly symbol: string;
  /** Unit text, as in units.ts. */
  readonly unit: string;
  readonly meaning: string;
  /** Whether the conductance grows or falls when the state grows. */
  readonly conductance: 'rises' | 'falls';
}

/** What a model promises beyond the laws that hold for all; each is checked by the device laws. */
export interface DevicePromises<Name extends string = string> {
  /**
   * Whether, with these parameters and for voltages of this sign up to `validVolts`, a larger |V| never moves the
   * state less, from the same state and for the same time. Some published fits break it for one sign only.
   */
  monotoneInVoltage(sign: 1 | -1, p: ParameterValues<Name>): boolean;
  /** No voltage, no change. False for a model that states a drift. */
  readonly quietAtZeroVolts: boolean;
  /** Largest |V| of the stated validity range. */
  readonly validVolts: Volts;
  /** A window brings the rate to zero at the bound that the state moves to. Not promised if left out. */
  readonly windowed?: boolean;
}

/** Conductance of a state as a read at `readVolts` sees it. */
export function conductanceAt<Name extends string>(
  model: DeviceModel<Name>,
  readVolts: Volts,
  x: number,
  p: ParameterValues<Name>,
): Siemens {
  return model.current(readVolts, x, p) / readVolts;
}
