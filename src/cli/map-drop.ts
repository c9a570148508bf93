import { z } from 'zod';
import { dropMap } from '../array/drop-map.ts';
import { cellName, type Geometry } from '../array/geometry.ts';
import { loadRun } from '../files/load-run.ts';
import { writeNewFile } from '../files/new-file.ts';
import { encodeMatrix } from '../files/npy.ts';
import { formatQuantity } from '../quantity.ts';
import { parseSegments, type SegmentFlags } from './segment-choice.ts';
import { textTable } from './text-table.ts';

interface MapFlags extends SegmentFlags {
  readonly run: string;
  readonly out: string | undefined;
}

/** Blocks of cells that the printed map has in each direction, at most. */
const blocks = 8;

/** What a record says of the wires; those of older runs had none. */
const wires = z.object({
  array: z
    .object({ wordSegmentResistance: z.number().default(0), bitSegmentResistance: z.number().default(0) })
    .prefault({}),
  controller: z.object({ line: z.object({ resistance: z.number().default(0) }).prefault({}) }).prefault({}),
});

/**
 * Map the drop of the array of a run.
 *
 * @throws ConfigError for a folder that holds no finished run
 */
export async function mapDrop(flags: MapFlags): Promise<{ document: unknown; text: string }> {
  const { geometry, manifest, conductances } = await loadRun(flags.run);
  const { array, controller } = wires.parse(manifest.config);
  const chosen = parseSegments(flags);
  const word = chosen.word ?? array.wordSegmentResistance;
  const bit = chosen.bit ?? array.bitSegmentResistance;
  const { lost, worst, linePower } = dropMap({
    geometry,
    // A cell that was never read counts as open.
    conductances: conductances.map((siemens) => (Number.isNaN(siemens) ? 0 : Math.max(siemens, 0))),
    wordSegmentResistance: word,
    bitSegmentResistance: bit,
    driverResistance: controller.line.resistance,
  });
  if (flags.out !== undefined) {
    const { wordLines, bitLines } = geometry;
    await writeNewFile(flags.out, encodeMatrix(lost, [wordLines, bitLines], flags.out));
  }
  const mean = lost.reduce((sum, share) => sum + share, 0) / lost.length;
  const worstShare = lost[worst.word * geometry.bitLines + worst.bit]!;
  const { wordLines, bitLines } = geometry;
  const text = [
    `array   ${wordLines} x ${bitLines}, segments of ${formatQuantity(word, 'resistance')} and ${formatQuantity(bit, 'resistance')}`,
    `lost    ${percent(mean)} of the voltage in the mean, ${percent(worstShare)} at ${cellName(worst)}`,
    blockTable(lost, geometry),
    ...(flags.out === undefined ? [] : [`wrote   ${flags.out}`]),
  ].join('\n');
  const document = {
    wordLines,
    bitLines,
    meanLost: mean,
    worst: { ...worst, lost: worstShare },
    wordLineWattsAtOneVolt: [...linePower],
    ...(flags.out === undefined ? {} : { output: flags.out }),
  };
  return { document, text };
}

/** Means over blocks of cells, word lines down and bit lines across. */
function blockTable(lost: Float64Array, { wordLines, bitLines }: Geometry): string {
  const down = blockStarts(wordLines);
  const across = blockStarts(bitLines);
  const end = (starts: readonly number[], block: number, all: number) => starts[block + 1] ?? all;
  const header = ['', ...across.map((from, block) => `b${from}-${end(across, block, bitLines) - 1}`)];
  const rows = down.map((word, row) => [
    `w${word}-${end(down, row, wordLines) - 1}`,
    ...across.map((bit, column) => {
      let sum = 0;
      let count = 0;
      for (let i = word; i < end(down, row, wordLines); i++) {
        for (let j = bit; j < end(across, column, bitLines); j++) {
          sum += lost[i * bitLines + j]!;
          count += 1;
        }
      }
      return percent(sum / count);
    }),
  ]);
  return textTable(header, rows);
}

function blockStarts(lines: number): number[] {
  const count = Math.min(lines, blocks);
  return Array.from({ length: count }, (_, block) => Math.floor((block * lines) / count));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
