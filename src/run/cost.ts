import type { Cost } from './backend.ts';

export const noCost: Cost = { seconds: 0, joules: 0, coulombs: 0 };

export function addCost(a: Cost, b: Cost): Cost {
  return {
    seconds: a.seconds + b.seconds,
    joules: a.joules + b.joules,
    coulombs: a.coulombs + b.coulombs,
  };
}
