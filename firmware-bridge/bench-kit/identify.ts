import { TransportError } from '../../src/errors.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import type { Clock } from '../transport/clock.ts';

/** Longest wait for an answer, seconds. */
const patience = 1;

const known = /KEITHLEY[^,]*, ?MODEL (?:24|26)\d\d/iu;

/** Ask who is there: `*IDN?`. */
export async function identifySource(stream: ByteStream, _clock: Clock): Promise<string | null> {
  stream.discard();
  try {
    await stream.write(Buffer.from('*IDN?\n'), patience);
    const text = await stream.readLine(patience);
    return known.test(text) ? text.trim() : null;
  } catch (error) {
    if (error instanceof TransportError && error.code !== 'no-answer') {
      throw error;
    }
    return null;
  }
}
