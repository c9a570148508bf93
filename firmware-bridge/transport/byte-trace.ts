import { z } from 'zod';
import { ConfigError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';

/** Bytes that passed a line, or its end. Times are seconds from the start of the trace. */
export type TraceEntry =
  | { readonly at: Seconds; readonly to: 'board' | 'host'; readonly bytes: Uint8Array }
  | { readonly at: Seconds; readonly ended: string };

/** Everything that passed a line, in order. */
export interface ByteTrace {
  readonly controller: string;
  readonly port: string;
  readonly entries: readonly TraceEntry[];
}

const header = z.strictObject({
  format: z.literal('ohmloom-byte-trace'),
  version: z.literal(1),
  controller: z.string(),
  port: z.string(),
});

const entry = z.union([
  z.strictObject({
    at: z.number().nonnegative(),
    to: z.enum(['board', 'host']),
    hex: z.string().regex(/^(?:[0-9a-f]{2})+$/u, 'expected bytes in hex'),
  }),
  z.strictObject({ at: z.number().nonnegative(), ended: z.string() }),
]);

/** The first line of a trace. */
export function traceHeader(controller: string, port: string): string {
  return JSON.stringify({ format: 'ohmloom-byte-trace', version: 1, controller, port });
}

/** One line of a trace: JSON, the bytes in hex. */
export function traceLine(item: TraceEntry): string {
  return JSON.stringify(
    'ended' in item ? item : { at: item.at, to: item.to, hex: Buffer.from(item.bytes).toString('hex') },
  );
}

/**
 * Read the text of a trace.
 *
 * @param name - how to call it in an error
 * @throws ConfigError naming the line that is not one of a trace
 * @example
 * parseTrace(`${traceHeader('arc-one', '/dev/ttyACM0')}\n{"at":0,"to":"board","hex":"30300a"}\n`, 'arc.trace');
 */
export function parseTrace(text: string, name: string): ByteTrace {
  const lines = text.split('\n').filter((line) => line !== '');
  const { controller, port } = parseLine(header, lines[0] ?? '', name, 1);
  const entries = lines.slice(1).map((line, index): TraceEntry => {
    const item = parseLine(entry, line, name, index + 2);
    return 'ended' in item
      ? item
      : { at: item.at, to: item.to, bytes: new Uint8Array(Buffer.from(item.hex, 'hex')) };
  });
  return { controller, port, entries };
}

function parseLine<Schema extends z.ZodType>(
  schema: Schema,
  line: string,
  name: string,
  number: number,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw traceError(name, number, 'expected a line of JSON', cause);
  }
  const checked = schema.safeParse(value);
  if (!checked.success) {
    throw traceError(
      name,
      number,
      checked.error.issues[0]?.message ?? 'not a line of a trace',
      checked.error,
    );
  }
  return checked.data;
}

function traceError(name: string, line: number, reason: string, cause: unknown): ConfigError {
  return new ConfigError('byte-trace', `${name}:${line}: not a byte trace of ohmloom: ${reason}`, { cause });
}
