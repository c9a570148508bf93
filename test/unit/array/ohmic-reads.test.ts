import { expect, test } from 'vitest';
import { vteam } from '../../../devices/vteam.ts';
import { CellParameters } from '../../../src/array/device-spread.ts';
import { areReadsProducts } from '../../../src/array/ohmic-reads.ts';
import type { DeviceModel } from '../../../src/model/device-model.ts';
import { loadDevice } from '../../../devices/load-device.ts';
import { resistor, resistorParameters } from './fixture-models.ts';

const states = Float64Array.of(1e-5, 2e-4, 1e-3);
const parameters = new CellParameters(resistor.parameters, resistorParameters, {}, 3, 1);

test('resistors answer with products at any voltage', () => {
  expect(areReadsProducts({ model: resistor, parameters, states }, -3, 3)).toBe(true);
});

test('a cell that bends by a part in a billion does not', () => {
  const bent: DeviceModel = {
    ...resistor,
    current: (v, x) => v * x * (x === 2e-4 ? 1 + 1e-9 * v : 1),
  };
  expect(areReadsProducts({ model: bent, parameters, states }, 0, 0.2)).toBe(false);
  expect(areReadsProducts({ model: bent, parameters, states: states.slice(2) }, 0, 0.2)).toBe(true);
});

test('a cell that moves at some voltage does not, however slowly', () => {
  for (const moving of [(v: number) => v > 0.19, (v: number) => v < 0, (v: number) => v === 0]) {
    const model: DeviceModel = { ...resistor, rate: (v, x) => (moving(v) && x === 1e-3 ? 1e-300 : 0) };
    expect(areReadsProducts({ model, parameters, states }, -0.2, 0.2)).toBe(false);
    expect(areReadsProducts({ model, parameters, states: states.slice(0, 2) }, -0.2, 0.2)).toBe(true);
  }
});

test('the thresholds are those of each cell', async () => {
  const { parameters: published } = await loadDevice('vteam', 'technion');
  const { vOff } = published as unknown as { readonly vOff: number };
  const cells = 200;
  const spread = { vOff: { distribution: 'normal', relative: 0.2 } } as const;
  const spreadParameters = new CellParameters(vteam.parameters, published, spread, cells, 1);
  const lowest = Math.min(...spreadParameters.columns.get('vOff')!);
  expect(lowest).toBeLessThan(0.8 * vOff);
  const inside = (published as unknown as { readonly xOff: number }).xOff / 2;
  const array = { model: vteam, parameters: spreadParameters, states: new Float64Array(cells).fill(inside) };
  expect(areReadsProducts(array, 0, 0.999 * lowest)).toBe(true);
  expect(areReadsProducts(array, 0, 1.001 * lowest)).toBe(false);
});
