import type { ByteStream } from '../transport/byte-stream.ts';
import { recognise } from '../transport/recognise.ts';
import { DicoLink, firmwareVersion } from './link.ts';

/** Longest wait for an answer, seconds. */
const patience = 0.5;

/** Come to count the same bytes, and ask for the version. */
export async function identifyArcDico(stream: ByteStream): Promise<string | null> {
  const found = await recognise(async () => {
    await new DicoLink(stream, patience).find();
    return `ArC DiCo, firmware ${firmwareVersion >> 8}.${firmwareVersion & 0xff}`;
  });
  if (found === null) {
    // Whoever reads lines of text must not take the next one for the rest of this.
    await stream.write(Buffer.from('\n'), patience);
  }
  return found;
}
