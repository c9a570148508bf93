import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ConfigError } from '../src/errors.ts';
import type { ParameterSet } from '../src/model/parameter-set.ts';

const range = z
  .strictObject({ min: z.number(), max: z.number() })
  .refine(({ min, max }) => min < max, { error: 'min must be below max' });

/** The shape of a parameter file; every number is finite. */
export const parameterSetSchema = z.strictObject({
  name: z.string().min(1),
  model: z.string().min(1),
  title: z.string().min(1),
  source: z.strictObject({ doi: z.string().regex(/^10\.\d{4,}\/\S+$/u), where: z.string().min(1) }),
  conductance: range.refine(({ min }) => min > 0, { error: 'conductances must be positive' }),
  volts: range.exactOptional(),
  readVolts: z.number().refine((volts) => volts !== 0, { error: 'a read needs a voltage other than 0' }),
  notes: z.string().exactOptional(),
  parameters: z.record(
    z.string(),
    z.strictObject({ value: z.number(), unit: z.string(), min: z.number(), max: z.number() }),
  ),
});

/**
 * Read a parameter file.
 *
 * @throws ConfigError for a file that cannot be read, is not JSON, or does not have the shape of a parameter set
 * @example
 * await readParameterFile('my-device.json');
 */
export async function readParameterFile(path: string): Promise<ParameterSet> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new ConfigError('parameter-file', `parameter file ${path}: cannot be read`, { cause });
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError('parameter-file', `parameter file ${path}: not JSON: ${reason}`, { cause });
  }
  const result = parameterSetSchema.safeParse(data);
  if (!result.success) {
    const issues = result.error.issues.map(
      ({ path: keys, message }) => `${keys.join('.') || 'file'}: ${message}`,
    );
    throw new ConfigError('parameter-file', `parameter file ${path}: ${issues.join('; ')}`, {
      hint: 'docs/adding-a-device.md shows a parameter file.',
      details: { path, issues },
    });
  }
  return result.data;
}

/** Path of a published set. */
export function parameterFilePath(model: string, set: string): string {
  return fileURLToPath(new URL(`./parameters/${model}.${set}.json`, import.meta.url));
}
