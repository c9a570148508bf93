/** Longest time without giving signals and timers a turn, milliseconds. */
const turnMilliseconds = 50;

/** Gives signals and timers a turn now and then in work that would never leave them one. */
export class EventTurns {
  #last = performance.now();

  async takeIfDue(): Promise<void> {
    if (performance.now() - this.#last > turnMilliseconds) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#last = performance.now();
    }
  }
}
