/** Seed of every law in the tests, printed in their titles; another can be tried with LAW_SEED. */
export const seed = Number(process.env['LAW_SEED'] ?? 20_261_122);

const runs = process.env['LAW_RUNS'];

/** As many cases as each law takes to be thorough, or LAW_RUNS of them. */
export const settings = runs === undefined ? { seed } : { seed, numRuns: Number(runs) };
