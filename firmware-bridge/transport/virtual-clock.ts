import { TransportError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';
import type { Clock } from './clock.ts';

interface Timer {
  readonly at: Seconds;
  readonly order: number;
  readonly act: () => void;
}

/** Turns of the event loop that somebody may take without a timer, to let signals in. */
const patience = 20;

/**
 * A clock that jumps from one timer to the next, so that a deadline of seconds takes no time in a test, and a wait
 * without a deadline is found at once.
 *
 * @example
 * const clock = new VirtualClock();
 * await clock.run(sleep(clock, 3600)); // takes no time
 * clock.now(); // 3600
 */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now: Seconds = 0;
  #order = 0;

  now(): Seconds {
    return this.#now;
  }

  after(seconds: Seconds, act: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, seconds), order: this.#order++, act };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /**
   * Let time pass until a promise is settled.
   *
   * @throws TransportError when nothing is left that could settle it: something waits without a deadline
   */
  async run<Result>(task: Promise<Result>): Promise<Result> {
    const state = { settled: false };
    const mark = (): void => void (state.settled = true);
    task.then(mark, mark);
    let idle = 0;
    for (await turn(); !state.settled; await turn()) {
      idle = this.#fireNext() ? 0 : idle + 1;
      if (idle > patience) {
        throw new TransportError('endless-wait', 'a wait has no deadline: nothing is left that could end it');
      }
    }
    return task;
  }

  #fireNext(): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (next === undefined || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) {
        next = timer;
      }
    }
    if (next === undefined) {
      return false;
    }
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.act();
    return true;
  }
}

/** Give every promise that can go on its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
