import { UsageError } from '../errors.ts';
import type { Volts } from '../units.ts';
import { requireConfig, requireFinite } from './config-checks.ts';

/** The codes of a converter over its range: the first code is `minVolts`, the last `maxVolts`. */
export interface CodeRange {
  /** 1 to 24. */
  readonly bits: number;
  readonly minVolts: Volts;
  readonly maxVolts: Volts;
}

/** Distance from a code, in LSB, below which 0 V is that code. */
const zeroSlack = 1e-6;

/** The ideal scale of a converter: evenly spaced voltages, one a code. */
export class CodeScale {
  readonly bits: number;
  readonly minVolts: Volts;
  readonly maxVolts: Volts;
  /** Number of codes. */
  readonly codes: number;
  /** One step. */
  readonly lsbVolts: Volts;
  /** Code of 0 V, not a whole number where 0 V lies between two codes. */
  readonly zeroCode: number;
  readonly #name: string;

  /**
   * @param name - how errors call the converter
   * @throws ConfigError for a bit count or a range that is not one
   */
  constructor(name: string, range: CodeRange) {
    const { bits, minVolts, maxVolts } = range;
    requireConfig(
      Number.isInteger(bits) && bits >= 1 && bits <= 24,
      `${name}.bits`,
      bits,
      'an integer from 1 to 24',
    );
    requireFinite(`${name}.minVolts`, minVolts);
    requireFinite(`${name}.maxVolts`, maxVolts);
    requireConfig(maxVolts > minVolts, `${name}.maxVolts`, maxVolts, `more than minVolts, ${minVolts}`);
    this.#name = name;
    this.bits = bits;
    this.minVolts = minVolts;
    this.maxVolts = maxVolts;
    this.codes = 2 ** bits;
    this.lsbVolts = (maxVolts - minVolts) / (this.codes - 1);
    const zeroCode = (0 - minVolts) / this.lsbVolts;
    this.zeroCode = Math.abs(zeroCode - Math.round(zeroCode)) < zeroSlack ? Math.round(zeroCode) : zeroCode;
  }

  /**
   * Voltage of a code; exactly 0 V where 0 V is a code.
   *
   * @throws UsageError for a code that the converter does not have
   */
  nominal(code: number): Volts {
    if (!(Number.isInteger(code) && code >= 0 && code < this.codes)) {
      throw new UsageError(
        'converter-code',
        `${this.#name}: found code ${code}, expected an integer from 0 to ${this.codes - 1}`,
      );
    }
    return (code - this.zeroCode) * this.lsbVolts;
  }

  /**
   * Nearest code; the end codes beyond the range.
   *
   * @throws UsageError for a voltage that is not finite
   */
  nearest(volts: Volts): number {
    if (!Number.isFinite(volts)) {
      throw new UsageError('converter-input', `${this.#name}: found ${volts} V, expected a finite voltage`);
    }
    const code = Math.round(volts / this.lsbVolts + this.zeroCode);
    return Math.min(Math.max(code, 0), this.codes - 1);
  }

  /** Whether a voltage lies beyond the end codes by more than the half LSB that rounding takes. */
  clips(volts: Volts): boolean {
    const half = this.lsbVolts / 2;
    return volts < this.minVolts - half || volts > this.maxVolts + half;
  }
}
