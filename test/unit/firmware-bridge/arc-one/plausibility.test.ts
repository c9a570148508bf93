import { describe, expect, test } from 'vitest';
import { createGeometry } from '../../../../src/array/geometry.ts';
import { OhmloomError } from '../../../../src/errors.ts';
import { RandomStream } from '../../../../src/random.ts';
import { convergeJob } from '../../../../firmware-bridge/arc-one/converge.ts';
import { enduranceJob } from '../../../../firmware-bridge/arc-one/endurance.ts';
import { runJob } from '../../../../firmware-bridge/arc-one/board-job.ts';
import { ArcOneLink } from '../../../../firmware-bridge/arc-one/link.ts';
import { readAll, readCell } from '../../../../firmware-bridge/arc-one/read-cells.ts';
import { readVersion } from '../../../../firmware-bridge/arc-one/start-up.ts';
import { expectTranscript } from '../../../../firmware-bridge/expect-transcript.ts';
import { jobGuard } from '../../../wire/every-job.ts';
import { arcLab, arcSettings } from './bench.ts';

const lab = await arcLab();
const guard = jobGuard(lab);
const settings = arcSettings();
const cell = { word: 2, bit: 6 };

function floats(...values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

describe('a number that is no resistance ends the conversation and is nobody’s reading', () => {
  test.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['zero', 0],
    ['below 1 ohm', 0.5],
    ['negative', -12_000],
    ['beyond any display', 1e13],
    ['a shifted float', 1.2e-38],
  ])('%s', async (_, value) => {
    await expectTranscript(
      async (stream, clock) => {
        const link = new ArcOneLink(stream, clock, settings);
        await expect(readCell(link, cell)).rejects.toMatchObject({
          name: 'ProtocolError',
          code: 'implausible',
        });
        // The fault stays: nothing more is asked of this conversation.
        await expect(readCell(link, cell)).rejects.toMatchObject({ code: 'implausible' });
      },
      [['1\n3\n7\n', floats(value)]],
    );
  });
});

test('bytes beyond an answer make the answer worthless', async () => {
  await expectTranscript(
    async (stream, clock) => {
      const link = new ArcOneLink(stream, clock, settings);
      await expect(readCell(link, cell)).rejects.toMatchObject({ code: 'stray-bytes' });
    },
    [['1\n3\n7\n', Uint8Array.of(...floats(12_000), 7)]],
  );
});

test('half an answer is none', async () => {
  await expectTranscript(
    async (stream, clock) => {
      const link = new ArcOneLink(stream, clock, settings);
      await expect(readCell(link, cell)).rejects.toMatchObject({ name: 'TransportError', code: 'no-answer' });
      stream.discard();
    },
    [['1\n3\n7\n', floats(12_000).subarray(0, 3)]],
  );
});

test('a lost byte in a stream of numbers is always found, and no number of the stream is returned', async () => {
  const geometry = createGeometry(32, 32);
  const random = new RandomStream(11, 'lost-bytes');
  const whole = floats(...Array.from({ length: 1024 }, (_, index) => 10_000 + 3.7 * index));
  const codes = new Map<string, number>();
  for (let seed = 0; seed < 200; seed++) {
    const lost = random.integer(whole.length, 0, seed);
    const damaged = Uint8Array.from([...whole.subarray(0, lost), ...whole.subarray(lost + 1)]);
    await expectTranscript(
      async (stream, clock) => {
        const link = new ArcOneLink(stream, clock, settings);
        const error: unknown = await readAll(link, geometry).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(OhmloomError);
        const { code } = error as OhmloomError;
        codes.set(code, (codes.get(code) ?? 0) + 1);
        stream.discard();
      },
      [['2\n1\n32\n32\n', damaged]],
    );
  }
  expect([...codes.keys()].sort()).toEqual(['no-answer']);
});

describe('a run of points', () => {
  const train = { volts: 0.5, width: 1e-4, cutOff: 0, pulses: 1 };
  const job = enduranceJob(
    { positive: train, negative: { ...train, volts: -0.5 }, interpulse: 0, cycles: 20 },
    'seconds',
  );
  const header = '191\n0.5\n0.0001\n0.0\n-0.5\n0.0001\n0.0\n0.0\n1\n1\n20\n1\n';
  const points = Array.from({ length: 40 }, (_, index) => [
    12_000 + index,
    index % 2 ? -0.5 : 0.5,
    1e-4,
  ]).flat();

  function run(answer: Uint8Array) {
    return expectTranscript(
      async (stream, clock) => {
        const link = new ArcOneLink(stream, clock, settings);
        const result = await runJob(link, job, [cell], guard).catch((reason: unknown) => reason);
        stream.discard();
        return result;
      },
      [
        [header, ''],
        ['3\n7\n', answer],
      ],
    );
  }

  test('is taken up to its three zeros', async () => {
    const found = await run(floats(...points, 0, 0, 0));
    expect(found).toMatchObject([[{ length: 40 }]]);
  });

  test('with a byte lost anywhere is refused', async () => {
    const whole = floats(...points, 0, 0, 0);
    for (let lost = 0; lost < whole.length; lost += 3) {
      const damaged = Uint8Array.from([...whole.subarray(0, lost), ...whole.subarray(lost + 1)]);
      expect(await run(damaged)).toBeInstanceOf(OhmloomError);
    }
  });

  test.each<[string, number[], string]>([
    ['more points than the job can make', [...points, ...points, 0, 0, 0], 'endless-run'],
    ['a voltage that was not asked for', [12_000, 0.75, 1e-4, 0, 0, 0], 'implausible'],
    ['a width that was not asked for', [12_000, 0.5, 2e-4, 0, 0, 0], 'implausible'],
    ['a width below zero', [12_000, 0.5, -1e-4, 0, 0, 0], 'implausible'],
    ['an end that is none', [0, 0.5, 1e-4, 0, 0, 0], 'implausible'],
    ['something after the end', [...points, 0, 0, 0, 12_000], 'stray-bytes'],
  ])('%s', async (_, answer, code) => {
    expect(await run(floats(...answer))).toMatchObject({ code });
  });
});

test('a version that comes with more bytes, or a start that is no integer, is another device', async () => {
  await expectTranscript(
    async (stream, clock) => {
      const link = new ArcOneLink(stream, clock, settings);
      await expect(readVersion(link)).rejects.toMatchObject({ code: 'stray-bytes' });
    },
    [['999\n', 'ERROR\n']],
  );
  await expectTranscript(
    async (stream, clock) => {
      const link = new ArcOneLink(stream, clock, settings);
      await link.send({ job: '999', values: [] });
      await expect(link.readInteger()).rejects.toThrow(
        'expected an integer, found "Ready to receive commands:"',
      );
    },
    [['999\n', 'Ready to receive commands:\r\n']],
  );
});

test('the bounds of job 21 follow its parameters', () => {
  const job = convergeJob({
    volts: { start: 0.5, step: 0.1, stop: 0.8 },
    width: { start: 1e-5, stepPercent: 100, stop: 4e-5 },
    interpulse: 0,
    target: 1e4,
    tolerancePercent: 1,
    initialPercent: 5,
    pulses: 2,
    firstPolarity: -1,
  });
  expect(job.mostPulses).toBe(4 * 3 * 2 * 6);
});
