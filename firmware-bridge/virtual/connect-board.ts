import type { StreamOptions } from '../transport/buffered-stream.ts';
import { MemoryStream } from '../transport/memory-stream.ts';
import type { VirtualBoard } from './virtual-board.ts';

/**
 * A line to a virtual board inside the process.
 *
 * @example
 * const stream = connectBoard(board, 'virtual arc-one', { clock: systemClock });
 */
export function connectBoard(board: VirtualBoard, name: string, options: StreamOptions): MemoryStream {
  const stream = new MemoryStream(name, (bytes) => board.receive(bytes), options);
  board.attach((bytes) => stream.deliver(bytes));
  return stream;
}
