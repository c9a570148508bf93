import { dropMap } from '../array/drop-map.ts';
import { cellName } from '../array/geometry.ts';
import { writeNewFile } from '../files/new-file.ts';
import { encodeMatrix } from '../files/npy.ts';
import { readRunArray } from './run-array.ts';
import type { SegmentFlags } from './segment-choice.ts';
import { meanShare, percent, powerText, shareTable } from './share-table.ts';

interface MapFlags extends SegmentFlags {
  readonly run: string;
  readonly out: string | undefined;
}

/**
 * Map the drop of the array of a run.
 *
 * @throws ConfigError for a folder that holds no finished run
 */
export async function mapDrop(flags: MapFlags): Promise<{ document: unknown; text: string }> {
  const { array, title } = await readRunArray(flags.run, flags);
  const { wordLines, bitLines } = array.geometry;
  const { lost, worst, wordLinePower, bitLinePower } = dropMap(array);
  if (flags.out !== undefined) {
    await writeNewFile(flags.out, encodeMatrix(lost, [wordLines, bitLines], flags.out));
  }
  const mean = meanShare(lost);
  const worstShare = lost[worst.word * bitLines + worst.bit]!;
  const text = [
    `array   ${title}`,
    `lost    ${percent(mean)} of the voltage in the mean, ${percent(worstShare)} at ${cellName(worst)}`,
    `power   ${powerText(wordLinePower, bitLinePower)}`,
    shareTable(lost, array.geometry),
    ...(flags.out === undefined ? [] : [`wrote   ${flags.out}`]),
  ].join('\n');
  const document = {
    wordLines,
    bitLines,
    meanLost: mean,
    worst: { ...worst, lost: worstShare },
    wordLineWattsAtOneVolt: [...wordLinePower],
    bitLineWattsAtOneVolt: [...bitLinePower],
    ...(flags.out === undefined ? {} : { output: flags.out }),
  };
  return { document, text };
}
