import { OhmloomError } from '../../src/errors.ts';

/**
 * Keeps the first fault of a conversation. Protocols without frames cannot be picked up in the middle: after a fault
 * nothing more is said, and whoever asks gets the same error.
 */
export class FirstFault {
  #fault: Error | null = null;

  /** What ended the conversation, or null. */
  get reason(): Error | null {
    return this.#fault;
  }

  /** End the conversation, unless it has ended. */
  set(reason: Error): void {
    this.#fault ??= reason;
  }

  /** Begin anew. */
  clear(): void {
    this.#fault = null;
  }

  /** @throws the error that ended the conversation */
  requireNone(): void {
    if (this.#fault !== null) {
      throw this.#fault;
    }
  }

  /** Say something in the conversation; what goes wrong ends it. */
  async guard<Result>(act: () => Promise<Result>): Promise<Result> {
    this.requireNone();
    try {
      return await act();
    } catch (error) {
      this.set(
        error instanceof OhmloomError ? error : new Error('the conversation failed', { cause: error }),
      );
      throw error;
    }
  }
}
