import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BiasScheme, biasSchemes, selectCell } from '../../../src/array/bias.ts';
import { Crossbar, type CrossbarOptions } from '../../../src/array/crossbar.ts';
import { cellAt, cellCount, createGeometry, type Geometry } from '../../../src/array/geometry.ts';
import { ledgerSum } from '../../../src/array/ledger.ts';
import { noVariability, type Variability } from '../../../src/model/variability.ts';
import {
  createRecorder,
  drifting,
  relaxing,
  relaxingIntegrated,
  relaxingParameters,
  resistorParameters,
} from './fixture-models.ts';

const noisy: Variability = {
  deviceToDevice: {
    middle: { distribution: 'log-normal', relative: 0.2 },
    speed: { distribution: 'normal', relative: 0.1 },
  },
  cycleToCycle: 0.3,
  readNoise: { distribution: 'uniform', relative: 0.1 },
  stuck: { high: 0.1, low: 0.1 },
};

const fraction = fc.double({ min: -1, max: 1, noNaN: true });
const schemes = fc.oneof(
  fc.constantFrom<BiasScheme[]>(biasSchemes.half, biasSchemes.third, biasSchemes.grounded),
  fc.record({
    name: fc.constant('custom'),
    selectedWord: fraction,
    selectedBit: fraction,
    unselectedWord: fraction,
    unselectedBit: fraction,
  }),
);

const geometries = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .map(([words, bits]) => createGeometry(words, bits));

interface Act {
  readonly at: number;
  readonly volts: number;
  readonly width: number;
  readonly scheme: BiasScheme;
  readonly reads: boolean;
}

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    at: fc.nat(),
    volts: fc.double({ min: -2, max: 2, noNaN: true }),
    width: fc.double({ min: 0, max: 1e-4, noNaN: true }),
    scheme: schemes,
    reads: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

function createArray(geometry: Geometry, options: Partial<CrossbarOptions> = {}): Crossbar {
  return new Crossbar({
    geometry,
    model: relaxing,
    parameters: relaxingParameters,
    variability: noisy,
    seed: 11,
    readVolts: 0.2,
    initial: { mean: 1e-4, spread: { distribution: 'log-normal', relative: 0.3 } },
    ...options,
  });
}

describe('a selected cell and its victims', () => {
  test.each([relaxing, relaxingIntegrated, drifting])(
    'are moved by $name alike in four classes and in a full frame, bit for bit',
    (model) => {
      fc.assert(
        fc.property(geometries, acts, (geometry, acts) => {
          const byClass = createArray(geometry, { model });
          const byFrame = createArray(geometry, { model });
          for (const { at, volts, width, scheme, reads } of acts) {
            const cell = cellAt(geometry, at % cellCount(geometry));
            const frame = selectCell(geometry, cell, volts, scheme);
            if (reads) {
              byClass.read(cell, volts, width, scheme);
              byFrame.sense(frame, width);
            } else {
              byClass.pulse(cell, volts, width, scheme);
              byFrame.frame(frame, width);
            }
          }
          expect(byClass.states()).toEqual(byFrame.states());
        }),
        { numRuns: model === relaxingIntegrated ? 20 : 100 },
      );
    },
  );

  test('are told apart by the voltages of lines that exist', () => {
    const scheme = { ...biasSchemes.grounded, name: 'custom', unselectedBit: -3, unselectedWord: 3 };
    for (const geometry of [createGeometry(3, 1), createGeometry(1, 3), createGeometry(1, 1)]) {
      const byClass = createArray(geometry, { faults: new Uint8Array(cellCount(geometry)) });
      const byFrame = createArray(geometry, { faults: new Uint8Array(cellCount(geometry)) });
      byClass.pulse({ word: 0, bit: 0 }, 1, 1e-6, scheme);
      byFrame.frame(selectCell(geometry, { word: 0, bit: 0 }, 1, scheme), 1e-6);
      expect(byClass.states()).toEqual(byFrame.states());
    }
  });

  test('cost the same energy and charge in four classes and in a full frame', () => {
    const geometry = createGeometry(5, 7);
    const byClass = createArray(geometry);
    const byFrame = createArray(geometry);
    for (let at = 0; at < 20; at++) {
      const cell = cellAt(geometry, (at * 8) % 35);
      byClass.pulse(cell, 1.3, 1e-6, biasSchemes.third);
      byFrame.frame(selectCell(geometry, cell, 1.3, biasSchemes.third), 1e-6);
    }
    const { pulse } = byClass.ledger.snapshot();
    const { frame } = byFrame.ledger.snapshot();
    expect(pulse.joules / frame.joules).toBeCloseTo(1, 12);
    expect(pulse.coulombs / frame.coulombs).toBeCloseTo(1, 12);
    expect(pulse.halfSelectJoules / frame.halfSelectJoules).toBeCloseTo(1, 12);
  });

  const seenByClass = {
    half: { selected: 1.5, sameWord: 0.75, sameBit: 0.75, other: null },
    third: { selected: 1.5, sameWord: 0.5, sameBit: 0.5, other: -0.5 },
    grounded: { selected: 1.5, sameWord: 1.5, sameBit: null, other: null },
  } as const;

  test.each(['half', 'third', 'grounded'] as const)('see the voltages of scheme %s', (name) => {
    const geometry = createGeometry(4, 3);
    const conductances = Float64Array.from({ length: 12 }, (_, index) => (index + 1) * 1e-5);
    const { model, seen } = createRecorder();
    const crossbar = new Crossbar({
      geometry,
      model,
      parameters: resistorParameters,
      variability: noVariability,
      seed: 1,
      readVolts: 0.2,
      initial: conductances,
    });
    const states = crossbar.states();
    crossbar.pulse({ word: 2, bit: 1 }, 1.5, 1e-6, biasSchemes[name]);

    for (let index = 0; index < 12; index++) {
      const { word, bit } = cellAt(geometry, index);
      const { selected, sameWord, sameBit, other } = seenByClass[name];
      const expected = word === 2 ? (bit === 1 ? selected : sameWord) : bit === 1 ? sameBit : other;
      expect(seen.get(states[index]!), `cell ${word},${bit}`).toEqual(
        expected === null ? undefined : [expected],
      );
    }
  });

  test('rest without moving at 0 V, unless the model drifts', () => {
    const geometry = createGeometry(3, 3);
    const quiet = createArray(geometry);
    const before = quiet.states();
    quiet.wait(10);
    quiet.frame({ wordVolts: new Float64Array(3), bitVolts: new Float64Array(3) }, 10);
    expect(quiet.states()).toEqual(before);

    const restless = createArray(geometry, { model: drifting, variability: noVariability });
    const start = restless.states();
    restless.wait(0.5);
    restless.pulse({ word: 0, bit: 0 }, 1, 0.25, biasSchemes.half);
    expect(restless.states()).toEqual(start.map((ohms) => ohms - 500 - 250));
  });

  test('add their energy over a 1 x 1 array to nothing', () => {
    const crossbar = createArray(createGeometry(1, 1), { variability: noVariability });
    crossbar.pulse({ word: 0, bit: 0 }, 1, 1e-6, biasSchemes.half);
    expect(ledgerSum(crossbar.ledger.snapshot()).halfSelectJoules).toBe(0);
  });
});
