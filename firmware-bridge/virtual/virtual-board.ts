/**
 * A controller that is not there: bytes go in, bytes come out. It is the same object behind a pseudo-terminal, for
 * programs that know nothing of ohmloom, and in memory, for tests.
 */
export interface VirtualBoard {
  /** Bytes from the host. */
  receive(bytes: Uint8Array): void;
  /** Say where bytes for the host go. */
  attach(send: (bytes: Uint8Array) => void): void;
  /** Instruments of the same bench on lines of their own, by name; most boards have none. */
  readonly beside?: Readonly<Record<string, VirtualBoard>>;
}
