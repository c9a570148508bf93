import { describe, expect, test } from 'vitest';
import { type BiasScheme, biasSchemes, selectCell } from '../../../src/array/bias.ts';
import { createCircuit } from '../../../src/circuit/circuit.ts';
import { cellAt, createGeometry, type Geometry } from '../../../src/array/geometry.ts';
import { connectSources } from '../../../src/circuit/nodal-system.ts';
import { sneakMap } from '../../../src/array/sneak-map.ts';
import { solveCircuit } from '../../../src/circuit/solve-circuit.ts';
import { RandomStream } from '../../../src/random.ts';

const ideal = { wordSegmentResistance: 0, bitSegmentResistance: 0, driverResistance: 0 };
const wires = { wordSegmentResistance: 25, bitSegmentResistance: 40, driverResistance: 300 };
const tilted: BiasScheme = {
  name: 'tilted',
  selectedWord: 0.7,
  selectedBit: -0.3,
  unselectedWord: 0.1,
  unselectedBit: 0.2,
};

/** The share and the power of one read, from the circuit of that read alone. */
function readAlone(
  geometry: Geometry,
  conductances: Float64Array,
  cell: number,
  bias: BiasScheme | 'floating',
) {
  const { word, bit } = cellAt(geometry, cell);
  const frame = selectCell(
    geometry,
    { word, bit },
    1,
    bias === 'floating' ? { ...biasSchemes.grounded, selectedBit: 0 } : bias,
  );
  const only = (volts: Float64Array, selected: number) =>
    Array.from(volts, (value, line) => (bias !== 'floating' || line === selected ? value : null));
  const { wordSegmentResistance, bitSegmentResistance, driverResistance: seriesResistance } = wires;
  const circuit = createCircuit({ geometry, conductances, wordSegmentResistance, bitSegmentResistance });
  const { currentIntoEnd, wordNodeVolts, bitNodeVolts } = solveCircuit(
    connectSources(circuit, {
      wordLeft: { volts: only(frame.wordVolts, word), seriesResistance },
      wordRight: null,
      bitTop: null,
      bitBottom: { volts: only(frame.bitVolts, bit), seriesResistance },
    }),
  );
  const own = conductances[cell]! * (wordNodeVolts[cell]! - bitNodeVolts[cell]!);
  const delivered = (volts: Float64Array, amperes: Float64Array | null) =>
    volts.reduce((sum, value, line) => sum - value * amperes![line]!, 0);
  return {
    share: (currentIntoEnd.bitBottom![bit]! - own) / own,
    power:
      delivered(frame.wordVolts, currentIntoEnd.wordLeft) +
      delivered(frame.bitVolts, currentIntoEnd.bitBottom),
  };
}

describe('between ideal wires', () => {
  const geometry = createGeometry(2, 2);
  // a = 1 mS, b = 2 mS / c = 3 mS, d = 4 mS.
  const conductances = Float64Array.of(1e-3, 2e-3, 3e-3, 4e-3);
  const map = (bias: 'grounded' | 'half' | 'third' | 'floating') =>
    sneakMap({ geometry, conductances, ...ideal, bias });

  test('grounded lines let nothing else into the bit line', () => {
    const { sneak, wordLinePower, bitLinePower } = map('grounded');
    sneak.forEach((share) => expect(share).toBeCloseTo(0, 12));
    // Every cell of the selected word line takes 1 V.
    expect([...wordLinePower]).toEqual([expect.closeTo(3e-3, 12), expect.closeTo(7e-3, 12)]);
    expect([...bitLinePower]).toEqual([expect.closeTo(7e-3, 12), expect.closeTo(7e-3, 12)]);
  });

  test.each([
    ['half', 1 / 2],
    ['third', 1 / 3],
  ] as const)('under %s the other cell of the bit line adds its part', (bias, part) => {
    const shares = [3 / 1, 4 / 2, 1 / 3, 2 / 4].map((ratio) => expect.closeTo(part * ratio, 12));
    const { sneak, worst } = map(bias);
    expect([...sneak]).toEqual(shares);
    expect(worst).toEqual({ word: 0, bit: 0 });
  });

  test('floating lines leave the way through the three other cells, one after the other', () => {
    const inSeries = (...siemens: number[]) => 1 / siemens.reduce((ohms, one) => ohms + 1 / one, 0);
    const ways = [inSeries(2, 4, 3) / 1, inSeries(1, 3, 4) / 2, inSeries(1, 2, 4) / 3, inSeries(2, 1, 3) / 4];
    const { sneak, wordLinePower } = map('floating');
    expect([...sneak]).toEqual(ways.map((share) => expect.closeTo(share, 12)));
    expect(wordLinePower[0]).toBeCloseTo(2e-3 + 1e-3 * inSeries(1, 3, 4), 14);
  });

  test('equal cells between floating lines: M N / (M + N - 1) of them at once', () => {
    const size = createGeometry(5, 7);
    const equal = new Float64Array(35).fill(1e-4);
    const { sneak } = sneakMap({ geometry: size, conductances: equal, ...ideal, bias: 'floating' });
    sneak.forEach((share) => expect(share).toBeCloseTo(35 / 11 - 1, 10));
  });
});

test('between floating bit lines one word line has no way but through the cell', () => {
  const geometry = createGeometry(1, 3);
  const conductances = new Float64Array(3).fill(1e-3);
  const { sneak } = sneakMap({ geometry, conductances, ...wires, bias: 'floating' });
  sneak.forEach((share) => expect(share).toBeCloseTo(0, 12));
});

describe('between wires', () => {
  const geometry = createGeometry(5, 4);
  const draws = new RandomStream(3, 'cells');
  const conductances = Float64Array.from({ length: 20 }, (_, cell) =>
    cell === 7 ? 0 : 10 ** (-5 + 2 * draws.uniform(cell, 0)),
  );

  test.each<[string, BiasScheme | 'floating']>([
    ['grounded', biasSchemes.grounded],
    ['half', biasSchemes.half],
    ['third', biasSchemes.third],
    ['a scheme of its own', tilted],
    ['floating', 'floating'],
  ])('every cell has the share of a read of it alone: %s', (_, bias) => {
    const { sneak, worst, wordLinePower, bitLinePower } = sneakMap({
      geometry,
      conductances,
      ...wires,
      bias,
    });
    const alone = Array.from(sneak, (_share, cell) => readAlone(geometry, conductances, cell, bias));
    const ratios = alone.map(({ share }, cell) => sneak[cell]! / share);
    const one: unknown[] = ratios.map(() => expect.closeTo(1, 8));
    one[7] = Number.NaN;
    expect(ratios).toEqual(one);
    const largest = (isOn: (cell: number) => boolean) =>
      Math.max(...alone.map(({ power }, cell) => (isOn(cell) ? power : 0)));
    wordLinePower.forEach((power, word) => {
      expect(power / largest((cell) => cellAt(geometry, cell).word === word)).toBeCloseTo(1, 9);
    });
    bitLinePower.forEach((power, bit) => {
      expect(power / largest((cell) => cellAt(geometry, cell).bit === bit)).toBeCloseTo(1, 9);
    });
    const shares = alone.map(({ share }, cell) => (cell === 7 ? 0 : Math.abs(share)));
    expect(worst).toEqual(cellAt(geometry, shares.indexOf(Math.max(...shares))));
  });

  test('of an array beyond elimination too', () => {
    const large = createGeometry(20, 18);
    const cells = Float64Array.from({ length: 360 }, (_, cell) => 10 ** (-5 + 2 * draws.uniform(cell, 1)));
    for (const bias of [biasSchemes.half, 'floating'] as const) {
      const { sneak } = sneakMap({ geometry: large, conductances: cells, ...wires, bias });
      for (const cell of [0, 100, 359]) {
        expect(sneak[cell]! / readAlone(large, cells, cell, bias).share).toBeCloseTo(1, 6);
      }
    }
  });

  test('a grounded line takes current out of the bit line: less arrives than goes through the cell', () => {
    const { sneak } = sneakMap({
      geometry: createGeometry(2, 1),
      conductances: Float64Array.of(1e-3, 1e-3),
      ...ideal,
      driverResistance: 300,
      bias: 'grounded',
    });
    // The current divides between 300 ohm and 1 kohm with the other driver.
    expect([...sneak]).toEqual([expect.closeTo(13 / 16 - 1, 12), expect.closeTo(13 / 16 - 1, 12)]);
  });
});

describe('refuses', () => {
  const geometry = createGeometry(2, 3);
  const map = (conductances: Float64Array, bias: 'half' | 'floating') =>
    sneakMap({ geometry, conductances, ...wires, bias });

  test('an array without any cell', () => {
    expect(() => map(new Float64Array(6), 'half')).toThrow('sneak map: found no cell that conducts');
  });

  test('floating lines that nothing connects, by name', () => {
    expect(() => map(Float64Array.of(1e-4, 1e-4, 1e-4, 0, 0, 0), 'floating')).toThrow(
      'sneak map: no way leads from word line 1 to word line 0',
    );
    expect(() => map(Float64Array.of(1e-4, 0, 0, 1e-4, 1e-4, 0), 'floating')).toThrow('from bit line 2');
    expect(() => map(Float64Array.of(1e-4, 0, 1e-12, 1e-4, 1e-4, 0), 'floating')).toThrow('from bit line 2');
    expect(() => map(Float64Array.of(1e-4, 0, 2e-10, 1e-4, 1e-4, 0), 'floating')).not.toThrow();
    expect(() => map(Float64Array.of(1e-4, 0, 0, 1e-4, 1e-4, 0), 'half')).not.toThrow();
  });

  test('what is no circuit', () => {
    expect(() => map(new Float64Array(5).fill(1e-4), 'half')).toThrow('found 5 conductances');
    expect(() =>
      sneakMap({ geometry, conductances: new Float64Array(6), ...wires, driverResistance: -1, bias: 'half' }),
    ).toThrow('-1 ohm');
  });
});
