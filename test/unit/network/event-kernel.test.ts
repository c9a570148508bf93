import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadKernel } from '../../../src/kernels/load-kernel.ts';
import type { EventKernel, OpenEventKernel } from '../../../src/network/event-kernel.ts';
import { createEventScript } from '../../../src/network/event-script.ts';
import { philox, RandomStream, streamKey } from '../../../src/random.ts';

const bytes = 1 << 16;
const start = 64;

/** The same work on the compiled kernel and on its twin; both memories must end equal. */
function onBoth<Result>(
  fill: (memory: ArrayBuffer) => void,
  work: (kernel: EventKernel) => Result,
): { readonly result: Result; readonly buffer: ArrayBuffer } {
  const compiled = loadKernel<EventKernel>('event-network', bytes);
  if (compiled === undefined) {
    throw new Error('the kernel event-network was not built');
  }
  const kernels: readonly OpenEventKernel[] = [compiled, createEventScript(bytes)];
  const [first, second] = kernels.map(({ exports, memory }) => {
    fill(memory.buffer);
    return { result: work(exports), buffer: memory.buffer.slice(0, bytes) };
  });
  expect(second!.result).toEqual(first!.result);
  expect(Buffer.compare(Buffer.from(first!.buffer), Buffer.from(second!.buffer))).toBe(0);
  return first!;
}

const word = fc.integer({ min: 0, max: 0xffff_ffff });

test('spike trains: both kernels draw the bits of Philox', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 64, maxLength: 64 }),
      fc.tuple(word, word, word, word, word),
      (thresholds, [step, sample, high, key0, key1]) => {
        const { result, buffer } = onBoth(
          (memory) => new Uint16Array(memory, start, 64).set(thresholds),
          (kernel) => kernel.encode(start, 64, step | 0, sample | 0, high | 0, key0 | 0, key1 | 0, 1024, 4),
        );
        const listed = [...new Int32Array(buffer, 1024, result)].map((offset) => offset / 4);
        const block = new Uint32Array(4);
        const expected = thresholds.flatMap((threshold, input) => {
          philox(block, (input >> 5) * 4 + ((input >> 1) & 3), step, sample, high, key0, key1);
          const draw = (block[(input >> 3) & 3]! >>> (16 * (input & 1))) & 0xffff;
          return draw < threshold ? [input] : [];
        });
        expect(listed).toEqual(expected);
      },
    ),
    { numRuns: 30 },
  );
});

test('currents: both kernels add the same rows to the same bits', () => {
  const random = new RandomStream(1, 'kernel');
  for (const count of [0, 1, 3, 4, 5, 11]) {
    const rows = Float32Array.from({ length: 12 * 8 }, (_, index) => random.normal(index, 0));
    const events = Int32Array.from({ length: count }, (_, k) => ((k * 5) % 12) * 32);
    const { buffer } = onBoth(
      (memory) => {
        new Float32Array(memory, start, rows.length).set(rows);
        new Int32Array(memory, 1024, count).set(events);
        new Float32Array(memory, 2048, 8).fill(0.1);
      },
      (kernel) => kernel.propagate(start, 1024, count, 2048, 8),
    );
    const expected = Array.from({ length: 8 }, (_, j) =>
      events.reduce((sum, offset) => sum + rows[offset / 4 + j]!, 0.1),
    );
    expect([...new Float32Array(buffer, 2048, 8)]).toEqual(
      expected.map((value) => expect.closeTo(value, 5) as number),
    );
  }
});

test('leaky neurons: decay, threshold and soft reset', () => {
  const membranes = [0, 1, 0.4, 2, -1, 0.99, 1, 0];
  const currents = [1, 0.5, 0.1, 0, 0.5, 0, 0.1, 0.99];
  const { result, buffer } = onBoth(
    (memory) => {
      new Float32Array(memory, start, 8).set(membranes);
      new Float32Array(memory, 128, 8).set(currents);
      new Int32Array(memory, 512, 8).fill(7);
    },
    (kernel) => kernel.fire(start, 128, 8, 0.5, 1, 256, 16, 512),
  );
  const before = membranes.map((value, k) => 0.5 * value + currents[k]!);
  const spiking = before.flatMap((value, k) => (value >= 1 ? [k] : []));
  expect(spiking).toEqual([0, 1, 3]);
  expect([...new Int32Array(buffer, 256, result)]).toEqual(spiking.map((k) => 16 * k));
  expect([...new Int32Array(buffer, 512, 8)]).toEqual(before.map((value) => (value >= 1 ? 8 : 7)));
  const after = before.map((value) => expect.closeTo(value >= 1 ? value - 1 : value, 6) as number);
  expect([...new Float32Array(buffer, start, 8)]).toEqual(after);
  expect([...new Float32Array(buffer, 128, 8)]).toEqual(Array(8).fill(0));
});

test.each([0, 768])('one neuron over many steps, scatter at address %i: the same count', (scatter) => {
  const random = new RandomStream(2, 'kernel');
  const { high, key0, key1 } = streamKey(3, 'spikes');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0.5, max: 20, noNaN: true }),
      word,
      (steps, threshold, sample) => {
        const { result } = onBoth(
          (memory) => {
            new Uint16Array(memory, start, 64).set(
              Array.from({ length: 64 }, (_, k) => random.integer(65_536, k, sample)),
            );
            new Float32Array(memory, 256, 64).set(Array.from({ length: 64 }, (_, k) => random.uniform(k, 1)));
            new Float32Array(memory, 768, 64).set(Array.from({ length: 64 }, (_, k) => random.uniform(k, 2)));
          },
          (kernel) =>
            kernel.countSpikes(
              start,
              256,
              scatter,
              1024,
              64,
              steps,
              threshold,
              0.125,
              sample | 0,
              high,
              key0,
              key1,
            ),
        );
        expect(result).toBeGreaterThanOrEqual(0);
        expect(result).toBeLessThanOrEqual(steps);
      },
    ),
    { numRuns: 40 },
  );
});
