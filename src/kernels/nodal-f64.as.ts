// The sweeps of src/circuit/line-sweeps.ts in float64, two numbers a vector.
//
// Compiled twice: without flags for links that are all alike, scaled to 1 (three matrices and a third of the traffic
// less), and with PER_SEGMENT for any links.
//
// Rows are filled up to a multiple of 8 and columns to a multiple of 4 with cells that do not conduct. Sums are kept
// for each block of 8 word lines and for each strip of bit lines, and added in fixed order.

export { setup } from './nodal-memory.as';
export { factorBits, factorWords, scaleConductances } from './nodal-shares.as';
export { sweepWords, wordPass, wordPower } from './nodal-words.as';
export { bitPass, bitPower } from './nodal-bits.as';
export { gatherSpan, spreadSpan } from './nodal-span.as';
