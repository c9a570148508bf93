import fc from 'fast-check';
import { type BiasChoice, type BiasFrame, type BiasName, resolveBias, selectCell } from '../array/bias.ts';
import type { Geometry } from '../array/geometry.ts';
import type { Volts } from '../units.ts';
import { cellsOf } from './geometries.ts';
import { voltages } from './pulses.ts';

/** Names of the bias schemes. */
const biasNames: readonly BiasName[] = ['half', 'third', 'grounded'];

/** Largest part of the cell voltage that a scheme of one's own puts on an unselected line. */
const unselectedParts = fc.integer({ min: -4, max: 4 }).map((eighths) => eighths / 8);

/**
 * Bias schemes: the named ones, and others in which no cell sees more than the selected one.
 *
 * @example
 * fc.sample(biasChoices(), 3); // such as 'half'
 */
export function biasChoices(): fc.Arbitrary<BiasChoice> {
  const own = fc
    .record({ selectedBit: unselectedParts, unselectedWord: unselectedParts, unselectedBit: unselectedParts })
    .map((fractions) => ({ name: 'own', selectedWord: 1 + fractions.selectedBit, ...fractions }))
    .filter(
      ({ selectedWord, selectedBit, unselectedWord, unselectedBit }) =>
        Math.abs(selectedWord - unselectedBit) <= 1 &&
        Math.abs(unselectedWord - selectedBit) <= 1 &&
        Math.abs(unselectedWord - unselectedBit) <= 1,
    );
  return fc.oneof({ arbitrary: fc.constantFrom(...biasNames), weight: 3 }, { arbitrary: own, weight: 1 });
}

/**
 * Bias frames of an array: one cell selected under a scheme, or every line at a voltage of its own.
 *
 * @param maxVolts - largest magnitude over any cell
 * @example
 * fc.sample(biasFrames(createGeometry(2, 3), 1), 3);
 */
export function biasFrames(geometry: Geometry, maxVolts: Volts): fc.Arbitrary<BiasFrame> {
  const selected = fc
    .record({ cell: cellsOf(geometry), volts: voltages(maxVolts), bias: biasChoices() })
    .map(({ cell, volts, bias }) => selectCell(geometry, cell, volts, resolveBias(bias)));
  const lines = (count: number): fc.Arbitrary<Float64Array> =>
    fc
      .array(fc.oneof(fc.constant(0), voltages(maxVolts / 2)), { minLength: count, maxLength: count })
      .map((volts) => Float64Array.from(volts));
  const free = fc.record({ wordVolts: lines(geometry.wordLines), bitVolts: lines(geometry.bitLines) });
  return fc.oneof(selected, free);
}
