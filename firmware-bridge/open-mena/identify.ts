import type { ByteStream } from '../transport/byte-stream.ts';
import { sleep, type Clock } from '../transport/clock.ts';
import { recognise } from '../transport/recognise.ts';
import { probeAnswer, probeRequest } from './request.ts';

/** Rest for boot text, longest wait for an answer, seconds, and most lines before it. */
const patience = { start: 0.1, answer: 1, lines: 64 };

/** Ask for reads of no vector: the board refuses in words of its own, and does nothing. */
export async function identifyOpenMena(stream: ByteStream, clock: Clock): Promise<string | null> {
  await sleep(clock, patience.start);
  return recognise(async () => {
    stream.discard();
    await stream.write(Buffer.from(`${probeRequest}\n`), patience.answer);
    for (let line = 0; line < patience.lines; line++) {
      if ((await stream.readLine(patience.answer)) === probeAnswer) {
        return 'OpenMENA';
      }
    }
    return null;
  });
}
