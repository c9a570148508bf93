import type { Amperes, Seconds, Volts } from '../../src/units.ts';

/** What hangs between the terminals of a virtual source-measure unit. */
export interface SourceLoad {
  /** The current under a voltage, which changes nothing. */
  amperes(volts: Volts): Amperes;
  /** Hold a voltage for a time; the current at its end, as an instrument finds it. */
  hold(volts: Volts, width: Seconds): Amperes;
}

/** A load that is open. */
export const openLoad: SourceLoad = { amperes: () => 0, hold: () => 0 };

/** Pieces of a pulse in which the limit acts anew on a load that changes. */
const pieces = 16;

/** Halvings of a voltage until its current is the limit. */
const halvings = 60;

/** The output stage of a virtual source-measure unit: a voltage, and a limit of the current. */
export class VirtualOutput {
  readonly #load: SourceLoad;
  on = false;
  level: Volts = 0;
  limit: Amperes = 1e-4;

  constructor(load: SourceLoad) {
    this.#load = load;
  }

  /** What is on the terminals now. */
  get volts(): Volts {
    return this.on ? this.level : 0;
  }

  /** Hold a voltage, or what the limit leaves of it. The output stays there. */
  hold(volts: Volts, width: Seconds): { readonly amperes: Amperes; readonly limited: boolean } {
    this.level = volts;
    if (!this.on) {
      return { amperes: 0, limited: false };
    }
    let limited = false;
    let amperes = 0;
    for (let piece = 0; piece < pieces; piece++) {
      const held = this.#limitedVolts(volts);
      limited ||= held !== volts;
      amperes = this.#load.hold(held, width / pieces);
    }
    // What the load became in the last piece may have been held back as well.
    limited ||= this.#limitedVolts(volts) !== volts;
    return { amperes: limited ? Math.sign(volts) * this.limit : amperes, limited };
  }

  #limitedVolts(volts: Volts): Volts {
    if (Math.abs(this.#load.amperes(volts)) <= this.limit) {
      return volts;
    }
    let low = 0;
    let high = volts;
    for (let step = 0; step < halvings; step++) {
      const middle = (low + high) / 2;
      if (Math.abs(this.#load.amperes(middle)) <= this.limit) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
