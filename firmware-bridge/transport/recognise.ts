import { ProtocolError, TransportError } from '../../src/errors.ts';

/**
 * Ask a line who is there.
 *
 * @returns what the question finds; null when nothing answers, or something that says it in other ways
 */
export async function recognise(ask: () => Promise<string | null>): Promise<string | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProtocolError || (error instanceof TransportError && error.code === 'no-answer')) {
      return null;
    }
    throw error;
  }
}
