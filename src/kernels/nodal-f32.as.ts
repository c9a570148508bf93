// The sweeps of src/circuit/line-sweeps.ts in float32, four numbers a vector, for links that are all alike and scaled to 1.
//
// Rows are filled up to a multiple of 16 and columns to a multiple of 8 with cells that do not conduct. Shares are found
// in float64 and rounded once; sums are taken in float32 along a few lines, in float64 over all.

export { setup } from './nodal-f32-memory.as';
export { factorBits, factorWords, scaleConductances } from './nodal-f32-shares.as';
export { sweepWords, wordPass } from './nodal-f32-words.as';
export { bitPass } from './nodal-f32-bits.as';
