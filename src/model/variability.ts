/** Spread of a quantity from device to device, drawn once per cell. */
export interface Spread {
  readonly distribution: 'normal' | 'log-normal' | 'uniform';
  /** Relative: standard deviation (normal, log-normal) or half width (uniform) over the mean. */
  readonly relative: number;
}

/** How the cells of an array differ from the published device, and how reads and pulses scatter. */
export interface Variability {
  /** Spread of model parameters, by name. */
  readonly deviceToDevice: Readonly<Record<string, Spread>>;
  /** Relative standard deviation of the state change of one pulse on a selected cell. */
  readonly cycleToCycle: number;
  /** Relative scatter of one conductance read. */
  readonly readNoise: Spread;
  /** Fractions of cells that answer no pulse. */
  readonly stuck: { readonly high: number; readonly low: number };
}

/** An array of identical, noiseless devices. */
export const noVariability: Variability = {
  deviceToDevice: {},
  cycleToCycle: 0,
  readNoise: { distribution: 'normal', relative: 0 },
  stuck: { high: 0, low: 0 },
};
