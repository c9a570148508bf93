import type { ByteStream } from '../transport/byte-stream.ts';
import { recognise } from '../transport/recognise.ts';

/** Longest wait for an answer, seconds. */
const patience = 1;

const known = /KEITHLEY[^,]*, ?MODEL (?:24|26)\d\d/iu;

/** Ask who is there: `*IDN?`. */
export function identifySource(stream: ByteStream): Promise<string | null> {
  return recognise(async () => {
    stream.discard();
    await stream.write(Buffer.from('*IDN?\n'), patience);
    const text = await stream.readLine(patience);
    return known.test(text) ? text.trim() : null;
  });
}
