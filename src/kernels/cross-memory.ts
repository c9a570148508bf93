/** Arrays of a selected cell's two lines in a kernel's memory; `placeCross` of exposure-cross.as.ts says the same. */
export interface CrossMemory {
  readonly address: number;
  readonly volts: Float64Array;
  readonly currents: Float64Array;
  readonly slopes: Float64Array;
  readonly baseVolts: Float64Array;
  readonly baseCurrents: Float64Array;
  readonly ohms: Float64Array;
  /** Bytes from the first cell of a matrix. */
  readonly places: Float64Array;
  /** [bitLines + 1] and [wordLines + 1], siemens. */
  readonly wordLinks: Float64Array;
  readonly bitLinks: Float64Array;
}

const arrays = 11;
const lineArrays = 5;

/** Doubles that the lines of one cell take. */
export function crossWords(wordLines: number, bitLines: number): number {
  const ofLines = (lineArrays + 1) * (wordLines + bitLines) + 2;
  return arrays * (wordLines + bitLines - 1) + ofLines;
}

/** @param taken - memory of the length that {@link crossWords} tells */
export function layOutCross(taken: Float64Array, wordLines: number, bitLines: number): CrossMemory {
  const cells = wordLines + bitLines - 1;
  const over = (index: number) => taken.subarray(index * cells, (index + 1) * cells);
  const wordLine = arrays * cells;
  const bitLine = wordLine + (lineArrays + 1) * bitLines + 1;
  return {
    address: taken.byteOffset,
    volts: over(0),
    currents: over(1),
    slopes: over(2),
    baseVolts: over(3),
    baseCurrents: over(4),
    ohms: over(5),
    places: over(6),
    wordLinks: taken.subarray(wordLine, wordLine + bitLines + 1),
    bitLinks: taken.subarray(bitLine, bitLine + wordLines + 1),
  };
}
