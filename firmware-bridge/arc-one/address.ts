import type { Cell } from '../../src/array/geometry.ts';
import type { Ohms, Siemens } from '../../src/units.ts';
import { wireValue, type WireValue } from './wire-value.ts';

/** A cell as the board counts: word line, bit line, from 1. */
export function addressOf({ word, bit }: Cell): WireValue[] {
  return [wireValue('word line', 'line', word + 1), wireValue('bit line', 'line', bit + 1)];
}

/** The board speaks of resistances, everything else of conductances. */
export function toConductance(ohms: Ohms): Siemens {
  return 1 / ohms;
}

export function toResistance(siemens: Siemens): Ohms {
  return 1 / siemens;
}
