import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  FaultLine,
  noLineFaults,
  type LineFaults,
} from '../../../../firmware-bridge/transport/fault-line.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';
import { sleep } from '../../../../firmware-bridge/transport/clock.ts';

function pass(faults: Partial<LineFaults>, seed: number, pieces: readonly Uint8Array[]): number[] {
  const out: number[] = [];
  const line = new FaultLine({ ...noLineFaults, ...faults }, seed, 'to-host', new VirtualClock(), (bytes) =>
    out.push(...bytes),
  );
  for (const piece of pieces) {
    line.pass(piece);
  }
  return out;
}

const many = Uint8Array.from({ length: 20_000 }, (_, index) => index % 251);

test('a line without faults changes nothing', () => {
  expect(pass({}, 1, [many])).toEqual([...many]);
});

test('the same seed damages the same bytes, however they are cut into pieces', () => {
  const faults = { drop: 0.05, duplicate: 0.05, flip: 0.05 };
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 12 }),
      (seed, pieces) => {
        const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
        expect(pass(faults, seed, pieces)).toEqual(pass(faults, seed, [whole]));
      },
    ),
  );
});

test.each(['drop', 'duplicate', 'flip'] as const)('%s happens as often as it is told to', (fault) => {
  const out = pass({ [fault]: 0.1 }, 3, [many]);
  const expected = 0.1 * many.length;
  const found =
    fault === 'flip'
      ? out.filter((byte, index) => byte !== many[index]).length
      : Math.abs(out.length - many.length);
  expect(Math.abs(found - expected)).toBeLessThan(5 * Math.sqrt(0.09 * many.length));
});

test('a flip changes one bit', () => {
  const bits = pass({ flip: 0.1 }, 3, [many]).map((byte, index) =>
    (byte ^ many[index]!).toString(2).replaceAll('0', ''),
  );
  expect(Math.max(...bits.map(({ length }) => length))).toBe(1);
});

test('held-up bytes come later, all of them and in order', async () => {
  const clock = new VirtualClock();
  const out: number[] = [];
  const times: number[] = [];
  const line = new FaultLine(
    { ...noLineFaults, delay: 0.02, longestDelay: 0.5 },
    5,
    'to-board',
    clock,
    (bytes) => {
      out.push(...bytes);
      times.push(clock.now());
    },
  );
  for (let start = 0; start < 1000; start += 10) {
    line.pass(many.subarray(start, start + 10));
    await clock.run(sleep(clock, 0.01));
  }
  await clock.run(sleep(clock, 20));
  expect(out).toEqual([...many.subarray(0, 1000)]);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(Math.max(...times)).toBeGreaterThan(0.99);
});
