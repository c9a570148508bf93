import type { Geometry } from '../src/array/geometry.ts';
import { ConfigError } from '../src/errors.ts';
import type { DriverGrid } from '../src/schedule/driver-grid.ts';
import type { Seconds, Volts } from '../src/units.ts';

/** What a board is documented to do, whatever a schedule or a configuration says. */
export interface BoardLimits {
  readonly wordLines: number;
  readonly bitLines: number;
  /** Of any line, from where the lines rest. */
  readonly minVolts: Volts;
  readonly maxVolts: Volts;
  readonly shortestWidth: Seconds;
  readonly longestWidth: Seconds;
  /** What widths are counted in. */
  readonly tick: Seconds;
  /** Most by which the board's own rounding moves a line. */
  readonly roundingVolts: Volts;
}

/** Part of a limit that a comparison of doubles forgives. */
const slack = 1e-9;

/**
 * Compare the configured array and driver grid with what a board has.
 *
 * @param controller - name for errors
 * @throws ConfigError naming the first that is beyond it
 */
export function requireBoardLimits(
  controller: string,
  limits: BoardLimits,
  { wordLines, bitLines }: Geometry,
  driver: DriverGrid,
): void {
  const ticks = driver.stepWidth / limits.tick;
  const checks: readonly [field: string, found: number, ok: boolean, allowed: string][] = [
    ['array.wordLines', wordLines, wordLines <= limits.wordLines, `up to ${limits.wordLines}`],
    ['array.bitLines', bitLines, bitLines <= limits.bitLines, `up to ${limits.bitLines}`],
    [
      'controller.line.min',
      driver.minVolts,
      driver.minVolts >= limits.minVolts * (1 + slack),
      `${limits.minVolts} V or above`,
    ],
    [
      'controller.line.max',
      driver.maxVolts,
      driver.maxVolts <= limits.maxVolts * (1 + slack),
      `up to ${limits.maxVolts} V`,
    ],
    [
      'controller.line.error',
      driver.errorVolts,
      driver.errorVolts >= limits.roundingVolts * (1 - slack),
      `${limits.roundingVolts} V or more, by which its own rounding moves a line`,
    ],
    [
      'controller.timer.min',
      driver.minWidth,
      driver.minWidth >= limits.shortestWidth * (1 - slack),
      `${limits.shortestWidth} s or longer`,
    ],
    [
      'controller.timer.max',
      driver.maxWidth,
      driver.maxWidth <= limits.longestWidth * (1 + slack),
      `up to ${limits.longestWidth} s`,
    ],
    [
      'controller.timer.tick',
      driver.stepWidth,
      ticks >= 1 - slack && Math.abs(ticks - Math.round(ticks)) <= slack * ticks,
      `a multiple of ${limits.tick} s`,
    ],
  ];
  const broken = checks.find(([, , ok]) => !ok);
  if (broken !== undefined) {
    const [field, found, , allowed] = broken;
    throw new ConfigError(
      'controller-limit',
      `${controller}: ${field}: found ${found}, the board has ${allowed}`,
      {
        details: { field, found, allowed },
      },
    );
  }
}
