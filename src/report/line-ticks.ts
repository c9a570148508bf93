const decimalSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];
const binarySteps = decimalSteps.map((_, power) => 2 ** power);

/**
 * Choose which word or bit lines get a number on the axis of a map: round numbers, in powers of two for arrays whose
 * size is a multiple of eight.
 *
 * @returns line numbers from 0
 * @example
 * lineTicks(32); // [0, 8, 16, 24]
 */
export function lineTicks(lines: number, most = 6): number[] {
  const steps = lines % 8 === 0 ? binarySteps : decimalSteps;
  const step = steps.find((candidate) => lines / candidate <= most) ?? lines;
  return Array.from({ length: Math.ceil(lines / step) }, (_, index) => index * step);
}
