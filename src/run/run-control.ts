/**
 * How a run is asked to end early. A pause is honoured when the current operation has finished; a stop sends the
 * outputs to their safe state at once. Both may be asked for at any time and more than once.
 */
export class RunControl {
  readonly #stop = new AbortController();
  #pause = false;

  get pauseRequested(): boolean {
    return this.#pause || this.#stop.signal.aborted;
  }

  /** Aborted when a stop was asked for. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  requestPause(): void {
    this.#pause = true;
  }

  requestStop(): void {
    this.#stop.abort();
  }
}
