import { z } from 'zod';
import { ConfigError } from '../errors.ts';
import { runFileNames } from '../files/run-folder.ts';

const positive = z.number().positive();
const ohms = z.number().nonnegative();

/** What a netlist needs of the configuration that a run keeps in its manifest, SI units. */
const runConfigSchema = z.object({
  device: z.object({ set: z.string(), overrides: z.record(z.string(), z.number()).default({}) }),
  array: z
    .object({ wordSegmentResistance: ohms.default(0), bitSegmentResistance: ohms.default(0) })
    .prefault({}),
  controller: z.object({
    line: z.object({ resistance: ohms.default(0) }).prefault({}),
    gap: positive,
    transimpedance: z.array(positive).min(1),
    adc: z.object({ range: positive }),
  }),
  read: z.object({ volts: z.number().optional(), width: positive }),
});

export type RunConfig = z.output<typeof runConfigSchema>;

/** @throws ConfigError naming the manifest and the field */
export function runConfig(folder: string, config: unknown): RunConfig {
  const result = runConfigSchema.safeParse(config);
  if (!result.success) {
    const [issue] = result.error.issues;
    const field = ['config', ...(issue?.path ?? [])].join('.');
    throw new ConfigError(
      'run-config',
      `${folder}/${runFileNames.manifest}: ${field}: ${issue?.message ?? 'not a configuration'}`,
      { hint: 'The run was recorded by another kind of controller, or the manifest was changed.' },
    );
  }
  return result.data;
}
