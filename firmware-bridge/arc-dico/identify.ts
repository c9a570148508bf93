import { ProtocolError, TransportError } from '../../src/errors.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import type { Clock } from '../transport/clock.ts';
import { DicoLink, firmwareVersion } from './link.ts';

/** Longest wait for an answer, seconds. */
const patience = 0.5;

/** Come to count the same bytes, and ask for the version. */
export async function identifyArcDico(stream: ByteStream, _clock: Clock): Promise<string | null> {
  try {
    await new DicoLink(stream, patience).find();
    return `ArC DiCo, firmware ${firmwareVersion >> 8}.${firmwareVersion & 0xff}`;
  } catch (error) {
    if (error instanceof ProtocolError || (error instanceof TransportError && error.code === 'no-answer')) {
      // Whoever reads lines of text must not take the next one for the rest of this.
      await stream.write(Buffer.from('\n'), patience);
      return null;
    }
    throw error;
  }
}
