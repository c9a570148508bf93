import { TransportError } from '../../src/errors.ts';
import { BufferedStream, type StreamOptions } from './buffered-stream.ts';

/** One end of a line inside the process. What is written goes to a function, at once. */
export class MemoryStream extends BufferedStream {
  readonly #sink: (bytes: Uint8Array) => void;

  constructor(name: string, sink: (bytes: Uint8Array) => void, options: StreamOptions) {
    super(name, options);
    this.#sink = sink;
  }

  /** Let bytes come in. */
  deliver(bytes: Uint8Array): void {
    this.receive(bytes);
  }

  /** Pull the plug. */
  unplug(): void {
    this.end(new TransportError('unplugged', `${this.name}: the line was unplugged`));
  }

  protected async send(bytes: Uint8Array): Promise<void> {
    this.#sink(bytes);
  }

  protected async release(): Promise<void> {
    // There is nothing to let go of.
  }
}

/**
 * Two ends of one line inside the process.
 *
 * @example
 * const [host, board] = createLoopback('loopback', { clock: systemClock });
 * await host.write(Uint8Array.of(1), 1);
 * await board.read(1, 1); // 1
 */
export function createLoopback(name: string, options: StreamOptions): [MemoryStream, MemoryStream] {
  const host: MemoryStream = new MemoryStream(name, (bytes) => board.deliver(bytes), options);
  const board: MemoryStream = new MemoryStream(`${name} (far end)`, (bytes) => host.deliver(bytes), {
    clock: options.clock,
  });
  return [host, board];
}
