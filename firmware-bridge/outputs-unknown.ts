import { OhmloomError, TransportError } from '../src/errors.ts';

/**
 * Say that nobody knows what the outputs of a board do.
 *
 * @param fault - what ended the session
 * @param cause - why the board could not be made safe
 */
export function outputsUnknown(fault: unknown, cause: unknown): TransportError {
  const first = fault instanceof Error ? fault : new Error(String(fault));
  return new TransportError('outputs-unknown', `${first.message}; the outputs could not be confirmed safe`, {
    hint: 'Switch the instruments off, or take the array out, before anything else.',
    details: { fault: first instanceof OhmloomError ? first.toJSON() : first.message },
    cause,
  });
}
