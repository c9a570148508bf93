import type { Seconds } from '../../src/units.ts';

/** Where deadlines and rests come from, so that tests need not wait for them. */
export interface Clock {
  /** Seconds since an arbitrary start; never goes back. */
  now(): Seconds;
  /** Call a function once, after a time; returns the undo. */
  after(seconds: Seconds, act: () => void): () => void;
}

/** Longest delay that a timer of the platform takes, milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now() / 1000,
  after(seconds, act) {
    const timer = setTimeout(act, Math.min(seconds * 1000, longestTimer));
    return () => clearTimeout(timer);
  },
};

/** Resolve after a time. */
export function sleep(clock: Clock, seconds: Seconds): Promise<void> {
  return new Promise((resolve) => clock.after(seconds, resolve));
}

/** A clock on which every time has passed at once, for what need not be waited for again. */
export const hurriedClock: Clock = {
  now: () => 0,
  after(_seconds, act) {
    const turn = setImmediate(act);
    return () => clearImmediate(turn);
  },
};
