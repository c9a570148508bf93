import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CellBank } from '../../../src/array/cell-bank.ts';
import { CellParameters } from '../../../src/array/device-spread.ts';
import { ModelExposure } from '../../../src/array/exposure.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { placeFaults } from '../../../src/array/faults.ts';
import type { DeviceModel } from '../../../src/model/device-model.ts';
import { advanceState } from '../../../src/model/state-integrator.ts';
import { relaxing, relaxingIntegrated, relaxingParameters } from './fixture-models.ts';

const geometry = createGeometry(4, 5);
const faults = placeFaults(geometry, { high: [{ word: 2, bit: 1 }], low: [{ word: 1, bit: 1 }] });

function createCells(model: DeviceModel, ohms: number): CellBank {
  const spread = { middle: { distribution: 'normal', relative: 0.2 } } as const;
  const parameters = new CellParameters(model.parameters, relaxingParameters, spread, 20, 4);
  const cells = new CellBank(geometry, model, parameters, faults);
  for (const [index, fault] of faults.entries()) {
    if (fault === 0) {
      cells.states.set(index, ohms);
    }
  }
  return cells;
}

describe.each([relaxing, relaxingIntegrated])('an exposure of $name', (model) => {
  test('advances the cells of its strip as advanceState does, up to the bounds, and no others; a hole is left out', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 0, max: 1e-3, noNaN: true }),
        fc.double({ min: 2_000, max: 20_000, noNaN: true }),
        (volts, seconds, ohms) => {
          const cells = createCells(model, ohms);
          const expected = cells.states
            .toArray()
            .map((state, index) =>
              index % 5 === 1 && index !== 16 && faults[index] === 0
                ? advanceState(model, volts, state, seconds, cells.parameters.at(index))
                : state,
            );
          new ModelExposure(cells).expose(1, 5, 4, 3, volts, seconds);
          expect(cells.states.toArray()).toEqual(expected);
        },
      ),
      { numRuns: model === relaxing ? 100 : 20 },
    );
  });

  test('stops at both bounds', () => {
    const cells = createCells(model, 10_000);
    const exposure = new ModelExposure(cells);
    exposure.expose(5, 1, 1, -1, 4, 1);
    exposure.expose(7, 1, 1, -1, -4, 1);
    expect([cells.states.at(5), cells.states.at(7)]).toEqual([2_000, 20_000]);
  });

  test('leaves stuck cells alone, and counts their energy', () => {
    const cells = createCells(model, 10_000);
    const joules = new ModelExposure(cells).expose(1, 5, 4, -1, 0.5, 1e-6);
    expect([cells.states.at(6), cells.states.at(11)]).toEqual([20_000, 2_000]);
    const siemens = 1 / 10_000 + 1 / 20_000 + 1 / 2_000 + 1 / 10_000;
    expect(joules / (0.25 * siemens * 1e-6)).toBeCloseTo(1, 12);
  });
});
