import fc from 'fast-check';
import { UsageError } from '../errors.ts';

/** How a law is tried. */
export interface LawSettings {
  /** Seed of the cases, an integer; 1 if left out, so that a suite answers the same every time. */
  readonly seed?: number;
  /** Number of cases; if left out, what the law takes to be thorough. */
  readonly numRuns?: number;
}

/** Something that holds for every model, policy, backend or converter. */
export interface Law {
  readonly name: string;
  /**
   * Try the law on drawn cases.
   *
   * @throws Error with the smallest counterexample found, the seed and the path to it, when the law is broken
   */
  readonly check: (settings?: LawSettings) => void | Promise<void>;
}

const defaultRuns = 100;

/** Make a law of a statement that throws where it does not hold. */
export function lawOf<Case>(
  name: string,
  cases: fc.Arbitrary<Case>,
  hold: (value: Case) => void,
  numRuns: number = defaultRuns,
): Law {
  return {
    name,
    check: (settings) => fc.assert(fc.property(cases, hold), runParameters(settings, numRuns)),
  };
}

/** As {@link lawOf}, for what answers later. */
export function asyncLawOf<Case>(
  name: string,
  cases: fc.Arbitrary<Case>,
  hold: (value: Case) => Promise<void>,
  numRuns: number = defaultRuns,
): Law {
  return {
    name,
    check: (settings) => fc.assert(fc.asyncProperty(cases, hold), runParameters(settings, numRuns)),
  };
}

/**
 * As {@link lawOf}, for a law that says nothing about some of the cases: it counts those that it speaks of.
 *
 * @param leastShare - part of the cases that must be spoken of: a law that was never tried does not hold
 * @param hold - returns whether the law speaks of the case
 */
export function countingLawOf<Case>(
  name: string,
  cases: fc.Arbitrary<Case>,
  leastShare: number,
  hold: (value: Case) => boolean,
  numRuns: number = defaultRuns,
): Law {
  return {
    name,
    check: (settings) => {
      let tried = 0;
      const count = (value: Case): void => {
        tried += hold(value) ? 1 : 0;
      };
      const parameters = runParameters(settings, numRuns);
      fc.assert(fc.property(cases, count), parameters);
      const least = Math.ceil(leastShare * parameters.numRuns);
      requireThat(
        tried >= least,
        () =>
          `${name}: ${tried} of ${parameters.numRuns} cases put it to the test (seed ${parameters.seed}), expected ${least} or more; try more cases`,
      );
    },
  };
}

/** The settings of a run with their defaults. */
export function runParameters(
  { seed = 1, numRuns }: LawSettings = {},
  usualRuns: number = defaultRuns,
): { readonly seed: number; readonly numRuns: number; readonly includeErrorInReport: true } {
  const runs = numRuns ?? usualRuns;
  if (!Number.isSafeInteger(seed)) {
    throw new UsageError('law-seed', `law: found seed ${seed}, expected an integer`);
  }
  if (!(Number.isSafeInteger(runs) && runs > 0)) {
    throw new UsageError('law-runs', `law: found numRuns ${runs}, expected an integer of 1 or more`);
  }
  return { seed, numRuns: runs, includeErrorInReport: true };
}

/** @throws Error saying what was found instead, unless it holds */
export function requireThat(holds: boolean, broken: () => string): void {
  if (!holds) {
    throw new Error(broken());
  }
}
