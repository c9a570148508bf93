import { type BiasChoice, isSameScheme, resolveBias } from '../array/bias.ts';
import type { Cell } from '../array/geometry.ts';

/** Part of a step that a comparison of doubles forgives. */
const tolerance = 1e-6;

/** Whether a held value is a whole number of steps, and the next such number from the asked one towards 0. */
export function isHeldValue(asked: number, held: number, step: number): boolean {
  const steps = held / step;
  const short = (Math.abs(asked) - Math.abs(held)) / step;
  return (
    Math.abs(steps - Math.round(steps)) <= tolerance &&
    short >= -2 * tolerance &&
    short < 1 &&
    (held === 0 || Math.sign(held) === Math.sign(asked))
  );
}

/** The same cells in the same order. */
export function sameCells(asked: readonly Cell[], held: readonly Cell[]): boolean {
  return (
    asked.length === held.length &&
    asked.every((cell, position) => cell.word === held[position]?.word && cell.bit === held[position]?.bit)
  );
}

/** The same fractions, by whatever name. */
export function sameBias(asked: BiasChoice, held: BiasChoice): boolean {
  return isSameScheme(resolveBias(asked), resolveBias(held));
}
