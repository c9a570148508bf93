import type { Amperes, Seconds, Volts } from '../../src/units.ts';

/** What was measured at the end of a pulse. */
export interface SourceReading {
  readonly amperes: Amperes;
  /** Whether the instrument held its current limit: the voltage was lower than asked for. */
  readonly limited: boolean;
}

/** What a source-measure unit is documented to do, with its settings. */
export interface SourceLimits {
  readonly volts: Volts;
  readonly shortestWidth: Seconds;
  readonly longestWidth: Seconds;
  readonly tick: Seconds;
  /** Most by which its own steps move a voltage. */
  readonly roundingVolts: Volts;
}

/** An instrument that puts a voltage over its terminals and measures the current, with a limit on it. */
export interface SourceMeter {
  readonly limits: SourceLimits;
  /** Find out that the right instrument is there. Changes nothing. */
  find(): Promise<void>;
  /**
   * Set everything up for pulses, at 0 V, with the output on, and compare all of it with what the instrument says.
   *
   * @throws ControllerError for a setting that it did not take
   */
  start(limit: Amperes): Promise<void>;
  /** Hold a voltage for a time between rests at 0 V, and measure at its end. */
  pulse(volts: Volts, width: Seconds): Promise<SourceReading>;
  /**
   * Bring the output to 0 V, and make sure of it.
   *
   * @throws ControllerError when it is not there
   */
  zero(): Promise<void>;
  /** Output off, from any state, and make sure of it. An instrument that was never found is left alone. */
  off(): Promise<void>;
  interrupt(reason: Error): void;
  close(): Promise<void>;
}
