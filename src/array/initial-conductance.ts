import { ModelDomainError, UsageError } from '../errors.ts';
import { conductanceRange, stateAtConductance } from '../model/state-at-conductance.ts';
import type { Spread } from '../model/variability.ts';
import { RandomStream } from '../random.ts';
import type { Siemens, Volts } from '../units.ts';
import { boundaryState, type CellBank } from './cell-bank.ts';
import { faultCodes } from './faults.ts';
import { cellAt, cellName } from './geometry.ts';
import { requireSpread, spreadFactor } from './spread-factor.ts';

/** Conductances before the first pulse: [wordLines x bitLines] in siemens, or drawn around a mean. */
export type InitialConductance = Float64Array | { readonly mean: Siemens; readonly spread: Spread };

/**
 * Bring every cell that is not stuck to its initial conductance. What is asked for lies in the range of the
 * published device; a cell whose own parameters or draw leave that range starts at the nearest end of its own.
 *
 * @param readVolts - voltage at which the conductances are meant
 * @throws UsageError for a matrix of another size
 * @throws ModelDomainError for a conductance that the published device cannot take
 */
export function setInitialConductances(
  cells: CellBank,
  initial: InitialConductance,
  readVolts: Volts,
  seed: number,
): void {
  const wanted =
    initial instanceof Float64Array
      ? givenConductances(cells, initial, readVolts)
      : drawnConductances(cells, initial, readVolts, seed);
  for (let index = 0; index < wanted.length; index++) {
    if (cells.faults[index] === faultCodes.none) {
      cells.states.set(index, nearestState(cells, index, wanted[index]!, readVolts));
    }
  }
}

function givenConductances(cells: CellBank, given: Float64Array, readVolts: Volts): Float64Array {
  const { wordLines, bitLines } = cells.geometry;
  if (given.length !== cells.states.length) {
    throw new UsageError(
      'conductance-shape',
      `initial conductances: found ${given.length}, expected ${wordLines} x ${bitLines}`,
    );
  }
  given.forEach((conductance, index) => {
    requirePublished(cells, conductance, readVolts, `cell ${cellName(cellAt(cells.geometry, index))}`);
  });
  return given;
}

/** From the stream `initial-conductance`, keyed by cell. */
function drawnConductances(
  cells: CellBank,
  initial: { readonly mean: Siemens; readonly spread: Spread },
  readVolts: Volts,
  seed: number,
): Float64Array {
  requireSpread('initial conductance', initial.spread);
  requirePublished(cells, initial.mean, readVolts, 'mean');
  const stream = new RandomStream(seed, 'initial-conductance');
  return Float64Array.from(
    { length: cells.states.length },
    (_, index) => initial.mean * spreadFactor(initial.spread, stream, index, 0),
  );
}

function requirePublished(cells: CellBank, conductance: Siemens, readVolts: Volts, where: string): void {
  const { min, max } = conductanceRange(cells.model, readVolts, cells.parameters.published);
  if (!(conductance >= min && conductance <= max)) {
    throw new ModelDomainError(
      'initial-conductance',
      `initial conductance, ${where}: found ${conductance} S, ${cells.model.name} takes ${min} to ${max} S`,
      { details: { where, found: conductance, allowed: [min, max], unit: 'S' } },
    );
  }
}

function nearestState(cells: CellBank, index: number, conductance: Siemens, readVolts: Volts): number {
  const parameters = cells.parameters.at(index);
  const { min, max } = conductanceRange(cells.model, readVolts, parameters);
  if (conductance <= min) {
    return boundaryState(cells.model, parameters, 'low');
  }
  if (conductance >= max) {
    return boundaryState(cells.model, parameters, 'high');
  }
  return stateAtConductance(cells.model, readVolts, conductance, parameters);
}
