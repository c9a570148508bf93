import { TransportError } from '../../src/errors.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import { sleep, type Clock } from '../transport/clock.ts';
import { probeAnswer, probeRequest } from './request.ts';

/** Rest for boot text, longest wait for an answer, seconds, and most lines before it. */
const patience = { start: 0.1, answer: 1, lines: 64 };

/** Ask for reads of no vector: the board refuses in words of its own, and does nothing. */
export async function identifyOpenMena(stream: ByteStream, clock: Clock): Promise<string | null> {
  await sleep(clock, patience.start);
  stream.discard();
  try {
    await stream.write(Buffer.from(`${probeRequest}\n`), patience.answer);
    for (let line = 0; line < patience.lines; line++) {
      if ((await stream.readLine(patience.answer)) === probeAnswer) {
        return 'OpenMENA';
      }
    }
    return null;
  } catch (error) {
    if (error instanceof TransportError && error.code !== 'no-answer') {
      throw error;
    }
    return null;
  }
}
