import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDevice, type LoadedDevice } from '../../devices/load-device.ts';
import { deviceTable } from '../../devices/table.ts';
import { biasSchemes } from '../../src/array/bias.ts';
import { Crossbar } from '../../src/array/crossbar.ts';
import { createGeometry, type Geometry } from '../../src/array/geometry.ts';
import { ledgerSum } from '../../src/array/ledger.ts';
import { ExposureKernel } from '../../src/kernels/exposure-kernel.ts';
import { loadLab } from '../../src/lab/lab.ts';
import { planLab } from '../../src/lab/plan-lab.ts';
import { simulatedOptions } from '../../src/lab/simulate-lab.ts';
import { deviceParameters } from '../../src/laws/device-parameters.ts';
import { advanceState } from '../../src/model/state-integrator.ts';
import { noVariability, type Variability } from '../../src/model/variability.ts';
import { SimulatedBackend } from '../../src/run/simulated-backend.ts';
import { settings } from './seed.ts';

/** The name of no kernel: the array then runs the model's own functions. */
const notBuilt = 'not-built';

const devices = await Promise.all(
  Object.entries(deviceTable).flatMap(([name, { sets }]) => sets.map((set) => loadDevice(name, set))),
);

const part = fc.double({ min: -1, max: 1, noNaN: true });
const position = fc.double({ min: 0, max: 1, noNaN: true });
const width = fc.double({ min: -9, max: -4, noNaN: true }).map((exponent) => 10 ** exponent);

/** Steps from one double to another through those that lie between. */
function stepsBetween(a: number, b: number): number {
  const [first, second] = [a, b].map((value) => {
    const bits = new BigInt64Array(Float64Array.of(value).buffer)[0]!;
    return bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits;
  });
  return Math.abs(Number(first! - second!));
}

interface Act {
  readonly kind: 'pulse' | 'read' | 'frame' | 'wait';
  readonly word: number;
  readonly bit: number;
  readonly part: number;
  readonly width: number;
  readonly scheme: keyof typeof biasSchemes;
}

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('pulse', 'pulse', 'read', 'frame', 'wait'),
    word: fc.nat(),
    bit: fc.nat(),
    part,
    width,
    scheme: fc.constantFrom('half', 'third', 'grounded'),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Lines of 64 cells lie further apart in a kernel's memory than they are long. */
const geometries = fc.constantFrom<readonly [number, number]>([1, 1], [1, 2], [3, 5], [4, 4], [3, 64]);

function variabilities(device: LoadedDevice): fc.Arbitrary<Variability> {
  const names = Object.keys(device.model.parameters);
  const spread = { distribution: 'normal', relative: 0.01 } as const;
  return fc.record({
    deviceToDevice: fc
      .subarray(names, { maxLength: 2 })
      .map((chosen) => Object.fromEntries(chosen.map((name) => [name, spread]))),
    cycleToCycle: fc.constantFrom(0, 0.1),
    readNoise: fc.constant(noVariability.readNoise),
    stuck: fc.constantFrom(noVariability.stuck, { high: 0.2, low: 0.2 }),
  });
}

function apply(crossbar: Crossbar, act: Act, validVolts: number): number {
  const { wordLines, bitLines } = crossbar.geometry;
  const cell = { word: act.word % wordLines, bit: act.bit % bitLines };
  const volts = act.part * validVolts;
  switch (act.kind) {
    case 'pulse':
      crossbar.pulse(cell, volts, act.width, biasSchemes[act.scheme]);
      return 0;
    case 'read':
      return crossbar.read(cell, volts, act.width, biasSchemes[act.scheme]);
    case 'frame': {
      const wordVolts = Float64Array.from({ length: wordLines }, (_, word) => (volts * (word % 3)) / 4);
      const bitVolts = Float64Array.from({ length: bitLines }, (_, bit) => (volts * (bit % 2)) / 2);
      crossbar.frame({ wordVolts, bitVolts }, act.width);
      return 0;
    }
    case 'wait':
      crossbar.wait(act.width);
      return 0;
  }
}

function expectNear(found: number, expected: number, scale: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * scale);
}

describe.each(devices)('the kernel of $model.name $set.name', (device) => {
  const { model, set, kernel } = device;

  test('computes what the model does, to 4 ulp, and the state after a pulse to 1e-12 of its range', () => {
    fc.assert(
      fc.property(deviceParameters(model, set), part, position, width, (p, volts, place, seconds) => {
        const compiled = ExposureKernel.load({
          kernel,
          geometry: { wordLines: 1, bitLines: 1 },
          published: p,
          columns: new Map(),
          faults: new Uint8Array(1),
        })!;
        const [lower, upper] = [model.lowerBound(p), model.upperBound(p)];
        const v = volts * (set.volts?.max ?? model.promises.validVolts);
        const x = lower + place * (upper - lower);
        expect(compiled.bounds()).toEqual([lower, upper]);
        expect(stepsBetween(compiled.rate(v, x), model.rate(v, x, p))).toBeLessThanOrEqual(4);
        expect(stepsBetween(compiled.current(v, x), model.current(v, x, p))).toBeLessThanOrEqual(4);
        expectNear(compiled.advance(v, x, seconds), advanceState(model, v, x, seconds, p), upper - lower);
      }),
      settings,
    );
  });

  test('leaves an array as the model does after any operations, and takes the same energy', () => {
    fc.assert(
      fc.property(geometries, variabilities(device), acts, ([words, bits], variability, list) => {
        const [compiled, plain] = [kernel, notBuilt].map((name) =>
          create(device, name, createGeometry(words, bits), variability),
        );
        const range = model.upperBound(device.parameters) - model.lowerBound(device.parameters);
        for (const act of list) {
          const volts = set.volts?.max ?? model.promises.validVolts;
          const [a, b] = [apply(compiled!, act, volts), apply(plain!, act, volts)];
          expectNear(a, b, Math.abs(b));
        }
        expect(compiled!.events).toBe(plain!.events);
        const expected = plain!.states();
        compiled!.states().forEach((state, index) => {
          expectNear(state, expected[index]!, range);
        });
        const [a, b] = [compiled!, plain!].map(({ ledger }) => ledgerSum(ledger.snapshot()));
        expectNear(a!.joules, b!.joules, b!.joules);
        expectNear(a!.coulombs, b!.coulombs, b!.coulombs);
        expectNear(a!.halfSelectJoules, b!.halfSelectJoules, b!.joules);
      }),
      { ...settings, numRuns: 20 },
    );
  });
});

function create(
  device: LoadedDevice,
  kernel: string,
  geometry: Geometry,
  variability: Variability,
): Crossbar {
  const { model, parameters, set } = device;
  const { min, max } = set.conductance;
  return new Crossbar({
    geometry,
    model,
    parameters,
    variability,
    seed: 5,
    readVolts: set.readVolts,
    initial: { mean: (min + max) / 2, spread: { distribution: 'normal', relative: 0.1 } },
    kernel,
  });
}

test('a write-verify run ends the same, cell by cell and pulse by pulse', async () => {
  const lab = await loadLab('examples/lab.yaml');
  const geometry = createGeometry(6, 5);
  const targets = Float64Array.from({ length: 30 }, (_, index) => 66e-6 + 1e-6 * index);
  const program = planLab(lab, targets, geometry);
  const runs = await Promise.all(
    [lab.device.kernel, notBuilt].map(async (kernel) => {
      const backend = new SimulatedBackend(
        simulatedOptions({ ...lab, device: { ...lab.device, kernel } }, geometry, 2),
      );
      await backend.open();
      await backend.arm(program);
      const results = [];
      for (let index = 0; index < program.schedule.operations.length; index++) {
        results.push(await backend.execute(index));
      }
      return results.flatMap((result) => (result.kind === 'programVerify' ? result.cells : []));
    }),
  );
  const [compiled, plain] = runs;
  expect(compiled!.length).toBeGreaterThanOrEqual(30);
  expect(compiled!.some(({ trace }) => trace.length > 3)).toBe(true);
  expect(compiled).toEqual(plain);
});
