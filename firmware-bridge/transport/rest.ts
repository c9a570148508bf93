import type { Seconds } from '../../src/units.ts';
import type { Clock } from './clock.ts';

/** A time in which nothing is done, and that can be cut short. */
export class Rest {
  readonly #clock: Clock;
  #end: ((reason: Error) => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Let a time pass. */
  take(seconds: Seconds): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const cancel = this.#clock.after(seconds, resolve);
      this.#end = (reason) => {
        cancel();
        reject(reason);
      };
    }).finally(() => (this.#end = null));
  }

  /** Let whoever rests now fail with this error. */
  interrupt(reason: Error): void {
    this.#end?.(reason);
  }
}
