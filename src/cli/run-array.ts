import { z } from 'zod';
import type { BiasChoice } from '../array/bias.ts';
import type { DropMapOptions } from '../array/drop-map.ts';
import { loadRun } from '../files/load-run.ts';
import { biasSchema } from '../lab/lab-config.ts';
import { formatQuantity } from '../quantity.ts';
import { parseSegments, type SegmentFlags } from './segment-choice.ts';

/** The array of a run between wires with resistance. */
export interface RunArray {
  readonly array: DropMapOptions;
  /** How the run reads its cells. */
  readonly bias: BiasChoice;
  /** Size and wires, for people. */
  readonly title: string;
}

/** What a record says of the wires and of reads; that of an older run says nothing of wires. */
const record = z.object({
  array: z
    .object({ wordSegmentResistance: z.number().default(0), bitSegmentResistance: z.number().default(0) })
    .prefault({}),
  controller: z.object({ line: z.object({ resistance: z.number().default(0) }).prefault({}) }).prefault({}),
  read: z.object({ bias: biasSchema.default('grounded') }).prefault({}),
});

/**
 * Take the array of a run as its last reads found it.
 *
 * @param flags - segments in place of those of the run
 * @throws ConfigError for a folder that holds no finished run
 * @throws UsageError for a segment that is not a resistance
 */
export async function readRunArray(run: string, flags: SegmentFlags): Promise<RunArray> {
  const { geometry, manifest, conductances } = await loadRun(run);
  const { array, controller, read } = record.parse(manifest.config);
  const chosen = parseSegments(flags);
  const word = chosen.word ?? array.wordSegmentResistance;
  const bit = chosen.bit ?? array.bitSegmentResistance;
  const { wordLines, bitLines } = geometry;
  return {
    array: {
      geometry,
      // A cell that was never read counts as open.
      conductances: conductances.map((siemens) => (Number.isNaN(siemens) ? 0 : Math.max(siemens, 0))),
      wordSegmentResistance: word,
      bitSegmentResistance: bit,
      driverResistance: controller.line.resistance,
    },
    bias: read.bias,
    title: `${wordLines} x ${bitLines}, segments of ${formatQuantity(word, 'resistance')} and ${formatQuantity(bit, 'resistance')}`,
  };
}
