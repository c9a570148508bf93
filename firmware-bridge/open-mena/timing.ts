import type { Seconds } from '../../src/units.ts';

/** Rests that the firmware makes between its steps. */
const step: Seconds = 5e-3;

const lines = 8;

/** Samples in one reading. */
export const samples = 20;

/** Time for which a read keeps its voltage on the cells: in every sample a rest, then one for each converter input. */
export const readWidth: Seconds = samples * (1 + lines) * step;

/** Time of a whole read. */
export const readSeconds: Seconds = (1 + lines) * step + samples * (2 + lines) * step;

/** What a pulse takes beside its own width, which is rested for once more afterwards. */
export const pulseRest: Seconds = 3 * step;

/** Time to set all converters. */
export const setVoltagesSeconds: Seconds = lines * 2e-3;

/** The firmware counts pulse widths in this. */
export const pulseTick: Seconds = 1e-6;

/** Below this the firmware's own instructions count. */
export const shortestPulse: Seconds = 5e-6;

/** The firmware takes longer ones; a mistyped unit is likelier than the wish. */
export const longestPulse: Seconds = 1;
