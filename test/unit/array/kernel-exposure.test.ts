import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../../devices/load-device.ts';
import { biasSchemes } from '../../../src/array/bias.ts';
import { Crossbar, type CrossbarOptions } from '../../../src/array/crossbar.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { SolverError, UsageError } from '../../../src/errors.ts';
import { noVariability } from '../../../src/model/variability.ts';

const { model, parameters, kernel } = await loadDevice('data-driven-2016', 'neuropack');

function create(options: Partial<CrossbarOptions>): Crossbar {
  return new Crossbar({
    geometry: createGeometry(3, 4),
    model,
    parameters,
    variability: noVariability,
    seed: 1,
    readVolts: 0.2,
    initial: { mean: 1e-4, spread: { distribution: 'normal', relative: 0 } },
    kernel,
    ...options,
  });
}

describe('the compiled form of a model', () => {
  test('is refused for a model of other equations', () => {
    const changed = { ...model, current: (v: number, x: number) => (1.000_001 * v) / x };
    expect(() => create({ model: changed })).toThrow(UsageError);
    expect(() => create({ model: changed })).toThrow(
      /not made from the equations of model data-driven-2016/u,
    );
    expect(() => create({ model: changed, kernel: undefined })).not.toThrow();
  });

  test('that was not built is done without', () => {
    const crossbar = create({ kernel: 'not-built' });
    crossbar.pulse({ word: 1, bit: 1 }, 1.2, 1e-6, biasSchemes.half);
    expect(crossbar.states()[5]).not.toBe(crossbar.states()[11]);
  });

  test('says which cell meets a state that is not finite', () => {
    const crossbar = create({ geometry: createGeometry(2, 2) });
    const pulse = () => {
      crossbar.pulse({ word: 1, bit: 0 }, 1e6, 1e-6, biasSchemes.half);
    };
    expect(pulse).toThrow(SolverError);
    expect(pulse).toThrow(
      /^cell w1 b0: 1000000 V for 0\.000001 s gives it, or a cell that the pulse disturbs/u,
    );
    const frame = { wordVolts: Float64Array.of(0, 1e6), bitVolts: new Float64Array(2) };
    expect(() => {
      crossbar.sense(frame, 1e-6);
    }).toThrow(/^cells w1 b0 to w1 b\d: 1000000 V/u);
  });
});
