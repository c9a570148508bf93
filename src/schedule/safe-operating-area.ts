import type { Amperes, Joules, Ohms, Seconds, Siemens, Volts } from '../units.ts';

/** Magnitudes per polarity; both are positive numbers. */
export interface PolarityLimit {
  readonly positive: Volts;
  readonly negative: Volts;
}

export interface WidthLimit {
  readonly min: Seconds;
  readonly max: Seconds;
}

/**
 * What an array survives, as its owner states it. A limit that is not stated is forbidden ground, so every field
 * is required; a schedule is compared with each after rounding to the controller's grid.
 */
export interface SafeOperatingArea {
  readonly format: 'ohmloom-soa';
  readonly version: 1;
  /** The array or device class that the limits belong to. */
  readonly array: string;
  /** Where the limits come from: data sheet, measurement, guess. */
  readonly source: string;
  readonly voltage: {
    readonly pulse: PolarityLimit;
    readonly read: PolarityLimit;
    /** Any single line, either polarity. */
    readonly line: Volts;
    /** Over any cell that an operation does not address, either polarity. */
    readonly unselected: Volts;
  };
  readonly width: { readonly pulse: WidthLimit; readonly read: WidthLimit };
  /** Longest pulse at a magnitude up to `volts`; rising volts, falling widths; beyond the last entry nothing. */
  readonly envelope: readonly { readonly volts: Volts; readonly width: Seconds }[];
  readonly energy: {
    readonly perPulse: Joules;
    /** Worst case of the cell during a pulse, for V^2 t / R. */
    readonly lowestResistance: Ohms;
  };
  readonly compliance: {
    readonly current: Amperes;
    /** Series element that holds the current: 0 if the cell alone does. */
    readonly seriesResistance: Ohms;
    /** Any single line, with the worst case of every cell on it. */
    readonly lineCurrent: Amperes;
  };
  /** Longest total time that a cell may spend as a victim at or above a magnitude; rising volts. */
  readonly halfSelect: readonly { readonly volts: Volts; readonly total: Seconds }[];
  readonly endurance: {
    readonly pulsesPerCell: number;
    /** SET and RESET in turn count as one cycle. */
    readonly cyclesPerCell: number;
    readonly readsPerCell: number;
  };
  /** Answers that stop a run. */
  readonly response: {
    readonly conductance: { readonly min: Siemens; readonly max: Siemens };
    /** Largest |change| / before, of one pulse. */
    readonly relativeStep: number;
    /** Pulses in a row that may move a cell the wrong way by more than the read noise. */
    readonly wrongDirection: number;
  };
}

/** One line of a certificate: how near the schedule comes to one limit. */
export interface LimitMargin {
  /** Path in the safe operating area, such as `voltage.pulse.positive`. */
  readonly limit: string;
  readonly unit: string;
  readonly allowed: number;
  /** Worst value of the schedule, after rounding, with the driver's error. */
  readonly worst: number;
  /**
   * 1 - worst / allowed for an upper limit (and for a lower one below zero), worst / allowed - 1 for a lower one:
   * 0 at the limit.
   */
  readonly margin: number;
  /** Operation of the worst value, or null where none touches the limit: then `worst` is 0 and `margin` 1. */
  readonly operation: number | null;
}

/** Proof that a schedule was compared with limits on a grid. Each digest is a SHA-256 in hex. */
export interface Certificate {
  readonly format: 'ohmloom-certificate';
  readonly version: 1;
  readonly scheduleDigest: string;
  readonly safeOperatingAreaDigest: string;
  readonly driverDigest: string;
  readonly limits: readonly LimitMargin[];
}
