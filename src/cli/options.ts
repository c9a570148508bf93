import type { Options } from 'yargs';
import { UsageError } from '../errors.ts';

/** Options that several commands share; a command picks what it has a use for. */
export const options = {
  config: { type: 'string', describe: 'lab configuration, YAML or JSON', requiresArg: true },
  device: {
    type: 'string',
    describe: "device in place of the configuration's: MODEL or MODEL/SET",
    requiresArg: true,
  },
  out: { type: 'string', describe: 'folder to write; it must not hold anything yet', requiresArg: true },
  port: { type: 'string', describe: 'serial port of the controller', requiresArg: true },
  trace: { type: 'string', describe: 'file to keep every byte in, both ways, with times', requiresArg: true },
  permit: {
    type: 'string',
    describe: 'name of the array that what cannot be undone may be done to: its first use, wider limits',
    requiresArg: true,
  },
  seed: { type: 'string', default: '1', describe: 'seed of every random draw', requiresArg: true },
  target: {
    type: 'string',
    describe: 'target conductances in siemens, .npy [word lines x bit lines]',
    requiresArg: true,
  },
  wordSegment: {
    type: 'string',
    describe: 'resistance of the wire between neighbours on a word line, such as "1 ohm"',
    requiresArg: true,
  },
  bitSegment: {
    type: 'string',
    describe: 'resistance of the wire between neighbours on a bit line',
    requiresArg: true,
  },
  dryRun: { type: 'boolean', default: false, describe: 'plan and check, but execute and write nothing' },
} as const satisfies Record<string, Options>;

/** @throws UsageError unless the text is an integer from 0 to 2^53 - 1 */
export function parseSeed(text: string): number {
  const seed = /^\d{1,16}$/u.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seed)) {
    throw new UsageError(
      'seed',
      `--seed: found "${text}", expected an integer from 0 to ${Number.MAX_SAFE_INTEGER}`,
    );
  }
  return seed;
}

/**
 * Read a positive integer from a flag.
 *
 * @throws UsageError unless the text is an integer from 1 to `max`
 */
export function parseCount(flag: string, text: string, max: number): number {
  const count = /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
  if (!(count >= 1 && count <= max)) {
    throw new UsageError(flag, `--${flag}: found "${text}", expected an integer from 1 to ${max}`);
  }
  return count;
}
