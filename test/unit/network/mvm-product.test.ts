import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGeometry } from '../../../src/array/geometry.ts';
import { loadKernel } from '../../../src/kernels/load-kernel.ts';
import type { MvmKernel, OpenMvmKernel } from '../../../src/network/mvm-kernel.ts';
import { MvmProduct, type ProductPeriphery } from '../../../src/network/mvm-product.ts';
import { createMvmScript } from '../../../src/network/mvm-script.ts';
import { normalFloat32 } from '../../../src/network/normal-script.ts';
import { RandomStream, streamKey } from '../../../src/random.ts';

function compiled(bytes: number): OpenMvmKernel {
  const kernel = loadKernel<MvmKernel>('mvm-f32', bytes);
  if (kernel === undefined) {
    throw new Error('the kernel mvm-f32 was not built');
  }
  return kernel;
}

const random = new RandomStream(5, 'mvm');
const draw = (length: number, event: number): Float64Array =>
  Float64Array.from({ length }, (_, index) => random.uniform(index, event));

describe('the compiled kernel and its twin', () => {
  const seed = fc.integer({ min: 0, max: 2 ** 40 });
  const range = { bits: 6, minVolts: -0.1, maxVolts: 0.9 };
  const periphery: fc.Arbitrary<ProductPeriphery> = fc
    .tuple(seed, fc.boolean(), fc.constantFrom(0, 0.1), fc.constantFrom('none', 'quiet', 'noisy'))
    .map(([seed, hasDac, readNoise, readout]) => ({
      seed,
      readNoise,
      ...(hasDac ? { dac: { ...range, gainError: 0.01, offsetVolts: 1e-3 } } : {}),
      ...(readout === 'none'
        ? {}
        : {
            readout: {
              range: { gainOhms: 1e4, offsetVolts: 0.01 },
              maxVolts: 1.2,
              adc: {
                bits: 10,
                minVolts: -1,
                maxVolts: 1,
                gainError: -0.02,
                offsetVolts: 2e-3,
                noiseVolts: readout === 'noisy' ? 0.05 : 0,
              },
            },
          }),
    }));
  const events = fc.constantFrom(0, 7, 2 ** 32 - 2, 2 ** 45 + 3);

  test.each([
    ['one row', [1, 1]],
    ['some rows', [2, 9]],
    ['more rows than a chunk', [129, 133]],
  ] as const)('find the same bits for %s', (_name, [fewest, most]) => {
    fc.assert(
      fc.property(
        fc.record({
          wordLines: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(256, 257, 300)),
          bitLines: fc.integer({ min: 1, max: 45 }),
          rows: fc.integer({ min: fewest, max: most }),
          sample: fc.nat(1000),
        }),
        periphery,
        events,
        ({ wordLines, bitLines, rows, sample }, periphery, event) => {
          const geometry = createGeometry(wordLines, bitLines);
          const conductances = draw(wordLines * bitLines, sample).map((u) => 1e-4 * u);
          const wordVolts = draw(rows * wordLines, sample + 1000).map((u) => 2 * u - 1);
          const [first, second] = [compiled, createMvmScript].map((open) =>
            new MvmProduct(geometry, conductances, periphery, open).currents(wordVolts, event),
          );
          expect(second).toEqual(first);
        },
      ),
      { numRuns: 25 },
    );
  });
});

test('draws are those of a random stream, to float32', () => {
  for (const seed of [1, 2 ** 33 + 5]) {
    const stream = new RandomStream(seed, 'read-noise/bit-line');
    const { key0, key1, high } = streamKey(seed, 'read-noise/bit-line');
    let worst = 0;
    for (const event of [0, 1, 2 ** 32 + 9]) {
      for (let cell = 0; cell < 30_000; cell++) {
        const exact = stream.normal(cell, event);
        const found = normalFloat32(cell, event, high, key0, key1);
        worst = Math.max(worst, Math.abs(found - exact) / Math.max(1, Math.abs(exact)));
      }
    }
    expect(worst).toBeLessThan(5e-7);
  }
});

test('a matrix beyond the memory is refused with what it would need', () => {
  const geometry = createGeometry(32_768, 40_000);
  expect(() => new MvmProduct(geometry, new Float64Array(0), { seed: 1 })).toThrow(
    /32768 x 40000 cells \(1310720000\) needs 5\.0 GiB, allowed 4 GiB/u,
  );
});
