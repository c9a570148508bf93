import { parse } from 'smol-toml';
import { z } from 'zod';
import { containsCell, createGeometry, type Cell, type Geometry } from '../../src/array/geometry.ts';
import { ConfigError, UsageError } from '../../src/errors.ts';
import { arcTwoLimits } from './limits.ts';

/** Which channels of the board the lines of an array are on. */
export interface PinMap {
  readonly name: string;
  readonly geometry: Geometry;
  /** [wordLines], channels */
  readonly words: readonly number[];
  /** [bitLines], channels */
  readonly bits: readonly number[];
  /** The cells that there are, where not every crossing is one; else null. */
  readonly cells: readonly Cell[] | null;
}

const line = z.number().int().min(0);
const lines = z.number().int().min(1).max(arcTwoLimits.channels);
const channel = line.max(arcTwoLimits.channels - 1);

/** Other tables of such a file concern the program's own switches. */
const pinMapSchema = z.object({
  config: z.object({
    name: z.string(),
    words: lines,
    bits: lines,
    mask: z.array(z.tuple([line, line])).optional(),
  }),
  mapping: z.object({ words: z.array(channel), bits: z.array(channel) }),
});

/**
 * Read a channel map as the program of ArC TWO has them, TOML.
 *
 * @param name - how to call the file in an error
 * @throws ConfigError for text that is no such map, and for one that uses a channel twice
 * @example
 * const map = parsePinMap('[config]\nname = "pair"\nwords = 1\nbits = 1\n[mapping]\nwords = [16]\nbits = [15]', 'pair.toml');
 * channelsOf(map, { word: 0, bit: 0 }); // { word: 16, bit: 15 }
 */
export function parsePinMap(text: string, name: string): PinMap {
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new ConfigError('pin-map', `${name}: not TOML: ${reason}`, { cause });
  }
  const checked = pinMapSchema.safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new ConfigError(
      'pin-map',
      `${name}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no pin map'}`,
      {
        cause: checked.error,
      },
    );
  }
  const { config, mapping } = checked.data;
  const geometry = createGeometry(config.words, config.bits);
  const { words, bits } = mapping;
  if (words.length !== config.words || bits.length !== config.bits) {
    throw new ConfigError(
      'pin-map',
      `${name}: mapping: found ${words.length} x ${bits.length} channels, expected ${config.words} x ${config.bits}`,
    );
  }
  if (new Set([...words, ...bits]).size < words.length + bits.length) {
    throw new ConfigError('pin-map', `${name}: mapping: found a channel twice, expected each once`);
  }
  const cells = config.mask?.map(([word, bit]) => ({ word, bit })) ?? null;
  const stray = cells?.find((cell) => !containsCell(geometry, cell));
  if (stray !== undefined) {
    throw new ConfigError(
      'pin-map',
      `${name}: config.mask: found w${stray.word} b${stray.bit}, outside the array`,
    );
  }
  return { name: config.name, geometry, words, bits, cells };
}

/**
 * The two channels of a cell.
 *
 * @throws UsageError for a cell that the map does not have
 */
export function channelsOf({ name, words, bits, cells }: PinMap, cell: Cell): Cell {
  const word = words[cell.word];
  const bit = bits[cell.bit];
  const masked = cells !== null && !cells.some((known) => known.word === cell.word && known.bit === cell.bit);
  if (word === undefined || bit === undefined || masked) {
    throw new UsageError('pin-map', `${name}: has no cell w${cell.word} b${cell.bit}`);
  }
  return { word, bit };
}
