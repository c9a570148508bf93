import type { ByteStream } from '../transport/byte-stream.ts';
import { sleep, type Clock } from '../transport/clock.ts';
import { recognise } from '../transport/recognise.ts';

/** Rest in which nothing may come, and longest wait for an answer, seconds. */
const patience = { silence: 0.1, answer: 1 };

/** Versions beyond this are taken for the bytes of something else. */
const largestVersion = 99;

/**
 * Ask for the version: `999`. On an ArC ONE it changes nothing and needs no start. A device that talks on its own, or
 * answers with more than the four bytes of a version, is something else.
 */
export async function identifyArcOne(stream: ByteStream, clock: Clock): Promise<string | null> {
  await sleep(clock, patience.silence);
  if (stream.discard().length > 0) {
    return null;
  }
  return recognise(async () => {
    await stream.write(Buffer.from('999\n'), patience.answer);
    const bytes = await stream.read(4, patience.answer);
    await sleep(clock, patience.silence);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const major = view.getUint16(0, true);
    const minor = view.getUint16(2, true);
    const alien = stream.discard().length > 0 || major > largestVersion || minor > largestVersion;
    return alien ? null : `ArC ONE, firmware ${major}.${minor}`;
  });
}
