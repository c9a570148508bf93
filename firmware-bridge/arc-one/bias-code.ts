import { resolveBias, type BiasChoice, type BiasScheme } from '../../src/array/bias.ts';
import { ScheduleError } from '../../src/errors.ts';
import type { ArcOneSettings } from './settings.ts';

/**
 * What the board puts on the lines. The selected word line carries the whole voltage and the selected bit line is
 * at ground; the manual puts all other lines, word and bit, at one half or one third. With one third the other cells
 * of the selected word line see two thirds.
 */
export const sneakCodes = { third: 0, half: 1, float: 256, floatOld: 2 } as const;

const halfLines: BiasScheme = {
  name: 'arc-one-half',
  selectedWord: 1,
  selectedBit: 0,
  unselectedWord: 1 / 2,
  unselectedBit: 1 / 2,
};

const thirdLines: BiasScheme = {
  name: 'arc-one-third',
  selectedWord: 1,
  selectedBit: 0,
  unselectedWord: 1 / 3,
  unselectedBit: 1 / 3,
};

const textbookThird: BiasScheme = { ...thirdLines, name: 'third', unselectedBit: 2 / 3 };

/** The scheme behind V/2 or V/3. */
export function boardBias(code: 0 | 1, third: ArcOneSettings['third']): BiasScheme {
  if (code === sneakCodes.half) {
    return halfLines;
  }
  return third === 'textbook' ? textbookThird : thirdLines;
}

/** Most that fractions may differ and still be the same. */
const tolerance = 1e-9;

/**
 * The code under which the board puts exactly the voltages of a scheme on the lines.
 *
 * @throws ScheduleError when it cannot: what was checked for one set of lines must not run on another
 */
export function biasCode(bias: BiasChoice, third: ArcOneSettings['third']): 0 | 1 {
  const asked = resolveBias(bias);
  for (const code of [sneakCodes.half, sneakCodes.third] as const) {
    const found = boardBias(code, third);
    const same =
      Math.abs(asked.selectedWord - found.selectedWord) <= tolerance &&
      Math.abs(asked.selectedBit - found.selectedBit) <= tolerance &&
      Math.abs(asked.unselectedWord - found.unselectedWord) <= tolerance &&
      Math.abs(asked.unselectedBit - found.unselectedBit) <= tolerance;
    if (same) {
      return code;
    }
  }
  const { unselectedWord, unselectedBit } = boardBias(sneakCodes.third, third);
  throw new ScheduleError(
    'controller-bias',
    `arc-one: the bias scheme "${asked.name}" is not one that the board can apply`,
    {
      hint:
        'Write it out in the configuration: selectedWord: 1, selectedBit: 0, and both unselected lines at 0.5, ' +
        `or at ${unselectedWord} (words) and ${unselectedBit} (bits).`,
      details: { found: asked, allowed: [halfLines, boardBias(sneakCodes.third, third)] },
    },
  );
}
