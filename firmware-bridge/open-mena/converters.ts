import type { Volts } from '../../src/units.ts';

/**
 * The converters of the board, by the arithmetic of its firmware. A voltage becomes a code by cutting off, in single
 * precision; a code therefore goes out as the text of the voltage in its middle.
 */
const highestCode = 4095;

/** Word lines: an eight-channel converter with a reference of 1.5 V. */
const word = { reference: 1.5 };

/** Bit lines, all of them together: the microcontroller's own converter, whose output this fits. */
const bit = { reference: 3.3, offset: 0.545, slope: 0.665 };

/** Where all lines rest: half the reference, as the board's trimmer is set. */
export const virtualGround: Volts = 0.75;

/** The code whose voltage is the nearest below virtual ground. */
export const restCode = Math.floor((virtualGround * highestCode) / word.reference);

const wordStep: Volts = word.reference / highestCode;
const bitStep: Volts = (bit.slope * bit.reference) / highestCode;

/** Lowest and highest voltage of a line, from virtual ground. */
export const wordRange = { min: -restCode * wordStep, max: (highestCode - restCode) * wordStep } as const;
export const bitRange = {
  min: bit.offset - virtualGround,
  max: bit.offset + highestCode * bitStep - virtualGround,
} as const;

/** Most by which rounding, and the code of virtual ground, move a line. */
export const roundingVolts: Volts = Math.max(wordStep, bitStep) + wordStep / 2;

/** Part of a step by which a double may miss a code. */
const slack = 1e-6;

/** The code of a word line at a voltage from virtual ground; rounded towards it. Null where there is none. */
export function wordCode(volts: Volts): number | null {
  const steps = Math.sign(volts) * Math.floor(Math.abs(volts) / wordStep + slack);
  return inRange(restCode + steps);
}

/** The voltage of a word line from virtual ground. */
export function wordVolts(code: number): Volts {
  return (code - restCode) * wordStep;
}

/** The code of the bit lines at a voltage from virtual ground; rounded towards it. Null where there is none. */
export function bitCode(volts: Volts): number | null {
  const code = (volts + virtualGround - bit.offset) / bitStep;
  return inRange(volts < 0 ? Math.ceil(code - slack) : Math.floor(code + slack));
}

/** The voltage of the bit lines from virtual ground. */
export function bitVolts(code: number): Volts {
  return bit.offset + code * bitStep - virtualGround;
}

/** The voltage, from ground, that the firmware turns into a code of a word line. */
export function wordText(code: number): string {
  return (Math.min(code + 0.5, highestCode) * wordStep).toFixed(6);
}

/** The voltage, from ground, that the firmware turns into a code of the bit lines. */
export function bitText(code: number): string {
  return (bit.offset + Math.min(code + 0.5, highestCode) * bitStep).toFixed(6);
}

function inRange(code: number): number | null {
  return code >= 0 && code <= highestCode ? code : null;
}
