import type { SegmentChoice } from '../lab/lab.ts';
import { parseQuantity } from '../quantity.ts';

export interface SegmentFlags {
  readonly 'word-segment': string | undefined;
  readonly 'bit-segment': string | undefined;
}

/** @throws UsageError for a flag that is not a resistance with its unit */
export function parseSegments(flags: SegmentFlags): SegmentChoice {
  const read = (flag: keyof SegmentFlags) =>
    flags[flag] === undefined ? undefined : parseQuantity(flags[flag], 'resistance', `--${flag}`);
  return { word: read('word-segment'), bit: read('bit-segment') };
}
