import type { BiasName } from '../array/bias.ts';
import { cellName } from '../array/geometry.ts';
import { sneakMap } from '../array/sneak-map.ts';
import { writeNewFile } from '../files/new-file.ts';
import { encodeMatrix } from '../files/npy.ts';
import { readRunArray } from './run-array.ts';
import type { SegmentFlags } from './segment-choice.ts';
import { meanShare, percent, powerText, shareTable } from './share-table.ts';

interface MapFlags extends SegmentFlags {
  readonly run: string;
  readonly bias: BiasName | 'floating' | undefined;
  readonly out: string | undefined;
}

/**
 * Map the sneak paths of the array of a run.
 *
 * @throws ConfigError for a folder that holds no finished run
 * @throws UsageError for an array that does not conduct
 */
export async function mapSneak(flags: MapFlags): Promise<{ document: unknown; text: string }> {
  const { array, bias: ofRun, title } = await readRunArray(flags.run, flags);
  const { wordLines, bitLines } = array.geometry;
  const bias = flags.bias ?? ofRun;
  const biasName = typeof bias === 'string' ? bias : bias.name;
  const { sneak, worst, wordLinePower, bitLinePower } = sneakMap({ ...array, bias });
  if (flags.out !== undefined) {
    await writeNewFile(flags.out, encodeMatrix(sneak, [wordLines, bitLines], flags.out));
  }
  const mean = meanShare(sneak);
  const worstShare = sneak[worst.word * bitLines + worst.bit]!;
  const text = [
    `array   ${title}; unselected lines: ${biasName}`,
    `sneak   ${percent(mean)} of a cell's own current in the mean, ${percent(worstShare)} at ${cellName(worst)}`,
    `power   ${powerText(wordLinePower, bitLinePower)}`,
    shareTable(sneak, array.geometry),
    ...(flags.out === undefined ? [] : [`wrote   ${flags.out}`]),
  ].join('\n');
  const document = {
    wordLines,
    bitLines,
    bias: biasName,
    meanSneak: mean,
    worst: { ...worst, sneak: worstShare },
    wordLineWattsAtOneVolt: [...wordLinePower],
    bitLineWattsAtOneVolt: [...bitLinePower],
    ...(flags.out === undefined ? {} : { output: flags.out }),
  };
  return { document, text };
}
