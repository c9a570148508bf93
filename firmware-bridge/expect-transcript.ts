import { ProtocolError } from '../src/errors.ts';
import type { ByteStream } from './transport/byte-stream.ts';
import { MemoryStream } from './transport/memory-stream.ts';
import { VirtualClock } from './transport/virtual-clock.ts';

/** Bytes, or text whose characters are bytes. */
export type TranscriptBytes = Uint8Array | string;

/** What a driver must write, and what the board answers to it. */
export type TranscriptPair = readonly [request: TranscriptBytes, answer: TranscriptBytes];

/**
 * Hold a driver to a conversation: it must write exactly the requests, in order, and read exactly the answers. For
 * the tests of drivers.
 *
 * @param driver - is given the line and a clock on which no time passes
 * @returns what the driver returns
 * @throws ProtocolError at the first byte that differs, and for requests or answers that were left over
 * @example
 * await expectTranscript((stream) => stream.write(Buffer.from('1\n3\n7\n'), 1), [['1\n3\n7\n', '']]);
 */
export async function expectTranscript<Result>(
  driver: (stream: ByteStream, clock: VirtualClock) => Promise<Result>,
  pairs: readonly TranscriptPair[],
): Promise<Result> {
  const clock = new VirtualClock();
  const script = pairs.map(([request, answer]) => ({ request: toBytes(request), answer: toBytes(answer) }));
  let position = 0;
  let matched = 0;
  const stream: MemoryStream = new MemoryStream('transcript', (bytes) => bytes.forEach(take), { clock });
  const result = await clock.run(driver(stream, clock));
  const left = script.length - position;
  if (left > 0 || stream.waiting > 0) {
    throw new ProtocolError(
      'transcript',
      `transcript: ${left} requests were not made, ${stream.waiting} bytes of the answers were not read`,
      { details: { left, unread: [...stream.discard()] } },
    );
  }
  return result;

  function take(byte: number): void {
    const pair = script[position];
    const expected = pair?.request[matched];
    if (pair === undefined || byte !== expected) {
      throw new ProtocolError(
        'transcript',
        `transcript: request ${position}, byte ${matched}: wrote ${shown(byte)}, expected ${
          expected === undefined ? 'nothing' : shown(expected)
        }`,
        { details: { request: position, byte: matched, found: byte, expected: expected ?? null } },
      );
    }
    matched++;
    if (matched === pair.request.length) {
      position++;
      matched = 0;
      stream.deliver(pair.answer);
    }
  }
}

function toBytes(text: TranscriptBytes): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
}

function shown(byte: number): string {
  return JSON.stringify(String.fromCharCode(byte));
}
