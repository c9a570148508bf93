import type { Ohms, Volts } from '../units.ts';

/** The four sides of a crossbar: both ends of the word lines, both ends of the bit lines. */
export const lineEnds = ['wordLeft', 'wordRight', 'bitTop', 'bitBottom'] as const;

export type LineEnd = (typeof lineEnds)[number];

/** The sources at one side of a crossbar. */
export interface EndDrive {
  /** One for each line of the side; null lets that end of that line float. */
  readonly volts: readonly (Volts | null)[] | Float64Array;
  /** Output resistance of the sources, for all lines or line by line. */
  readonly seriesResistance: Ohms | readonly Ohms[] | Float64Array;
}

/** What is connected to each side; null leaves all ends of that side open. */
export type Drive = Readonly<Record<LineEnd, EndDrive | null>>;

/** Whether the end belongs to the word lines. */
export function isWordEnd(end: LineEnd): boolean {
  return end === 'wordLeft' || end === 'wordRight';
}
