import { ProtocolError } from '../../src/errors.ts';
import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import { arcOneLimits } from './limits.ts';

/** One point of a job: what was read, after or under which pulse. A width of 0 is a read. */
export interface Triplet {
  readonly ohms: Ohms;
  readonly volts: Volts;
  readonly width: Seconds;
}

/** What the points of a job may be, from what it was asked to do. */
export interface TripletBounds {
  /** Largest magnitude. */
  readonly volts: Volts;
  readonly width: Seconds;
}

/** Measured voltages differ from asked ones; this much and no more. */
const voltsSlack = { relative: 0.1, absolute: 0.1 };

/** A float of the wire has 24 bits. */
const widthSlack = 1e-6;

/** Whether a triplet is the three zeros that end a run. */
export function isTerminator({ ohms, volts, width }: Triplet): boolean {
  return ohms === 0 && volts === 0 && width === 0;
}

/** Whether a number can be a resistance that was read; a stream that lost a byte gives numbers that cannot. */
export function isPlausibleResistance(ohms: number): boolean {
  return ohms >= arcOneLimits.smallestResistance && ohms <= arcOneLimits.largestResistance;
}

/** @throws ProtocolError for a resistance that none can be: the stream of numbers is shifted or broken */
export function requireResistance(ohms: Ohms, what: string): void {
  if (!isPlausibleResistance(ohms)) {
    throw implausible(what, `a resistance of ${ohms} ohm`);
  }
}

/** @throws ProtocolError for a point that the job cannot have made */
export function requirePlausible({ ohms, volts, width }: Triplet, bounds: TripletBounds, what: string): void {
  requireResistance(ohms, what);
  if (!(Math.abs(volts) <= bounds.volts * (1 + voltsSlack.relative) + voltsSlack.absolute)) {
    throw implausible(what, `${volts} V, where at most ${bounds.volts} V were asked for`);
  }
  if (!(width === 0 || (width > 0 && width <= bounds.width * (1 + widthSlack)))) {
    throw implausible(what, `a width of ${width} s, where at most ${bounds.width} s were asked for`);
  }
}

function implausible(what: string, found: string): ProtocolError {
  return new ProtocolError('implausible', `arc-one: ${what}: the board answered ${found}`, {
    hint: 'Bytes were lost or damaged on the line. Nothing of this answer is kept.',
    details: { what, found },
  });
}
