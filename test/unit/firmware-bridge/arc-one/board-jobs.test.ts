import { describe, expect, test } from 'vitest';
import { createGeometry } from '../../../../src/array/geometry.ts';
import { requireSafeJob, runJob } from '../../../../firmware-bridge/arc-one/board-job.ts';
import { chronoAmperometryJob } from '../../../../firmware-bridge/arc-one/chrono-amperometry.ts';
import { enduranceJob } from '../../../../firmware-bridge/arc-one/endurance.ts';
import { formFinderJob, type FormFinderParameters } from '../../../../firmware-bridge/arc-one/form-finder.ts';
import { startBoard } from '../../../../firmware-bridge/arc-one/start-up.ts';
import { playWaveforms } from '../../../../firmware-bridge/arc-one/stdp.ts';
import { permitArray } from '../../../../firmware-bridge/array-permission.ts';
import { systemClock } from '../../../../firmware-bridge/transport/clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import { jobGuard } from '../../../wire/every-job.ts';
import { arcLab, arcSettings, virtualBench } from './bench.ts';

const lab = await arcLab();
const guard = jobGuard(lab);
const cell = { word: 0, bit: 0 };

const forming: FormFinderParameters = {
  volts: { start: 0.2, step: 0.2, stop: 0.8 },
  width: { start: 1e-5, step: 100, stop: 1e-4 },
  progression: 'percent',
  interpulse: 1e-3,
  threshold: 0,
  thresholdPercent: 0,
  series: 0,
  pulses: 1,
};

describe('a job that the board runs by itself is held against the limits of the array first', () => {
  const train = { volts: 0.8, width: 1e-4, cutOff: 0, pulses: 1 };
  const endure = (changes: object) =>
    enduranceJob(
      { positive: { ...train, ...changes }, negative: { ...train, volts: -0.8 }, interpulse: 0, cycles: 10 },
      'seconds',
    );

  test.each([
    ['voltage', endure({ volts: 0.9 }), 'voltage.line: 0.9 V and its error exceed 0.85 V'],
    ['width', endure({ width: 0.2 }), 'width.pulse: 0.2 s is not within'],
    [
      'number of pulses',
      endure({ pulses: 500_000 }),
      'endurance.pulsesPerCell: up to 5000010 pulses exceed 1000000',
    ],
    ['bias', chronoAmperometryJob({ bias: 1, width: 1e-3, reads: 3 }), 'voltage.line: 1 V'],
  ])('%s', (_, job, message) => {
    expect(() => requireSafeJob(job, guard)).toThrow(message);
  });

  test('the other lines count: V/2 over a neighbour may be too much', () => {
    const safeOperatingArea = {
      ...guard.safeOperatingArea,
      voltage: { ...guard.safeOperatingArea.voltage, unselected: 0.39 },
    };
    expect(() => requireSafeJob(endure({}), { ...guard, safeOperatingArea })).toThrow('voltage.unselected');
  });

  test('a line of the socket crosses 32 others: 0.8 V and 31 times 0.4 V, over 1 kohm', () => {
    const limited = (lineCurrent: number) => ({
      ...guard,
      safeOperatingArea: {
        ...guard.safeOperatingArea,
        compliance: { ...guard.safeOperatingArea.compliance, lineCurrent },
      },
    });
    expect(() => requireSafeJob(endure({}), limited(0.0134))).not.toThrow();
    expect(() => requireSafeJob(endure({}), limited(0.0131))).toThrow('compliance.lineCurrent');
  });

  test('a waveform too', async () => {
    const geometry = createGeometry(2, 2);
    const { board } = virtualBench(lab, geometry);
    const stream = connectBoard(board, 'virtual', { clock: systemClock });
    const { link } = await startBoard(stream, geometry, arcSettings(), systemClock);
    const spike = [
      { time: 0, volts: 0.9 },
      { time: 1e-4, volts: 0 },
    ];
    await expect(playWaveforms(link, cell, [spike], guard)).rejects.toThrow('voltage.line: 0.9 V');
    expect(board.counts.pulses).toBe(0);
  });
});

describe('forming cannot be undone', () => {
  const job = formFinderJob(forming, 'current');

  test.each([null, permitArray('another array')])(
    'with permission %j it is refused, and nothing is sent',
    async (permission) => {
      const geometry = createGeometry(2, 2);
      const { board } = virtualBench(lab, geometry);
      const stream = connectBoard(board, 'virtual', { clock: systemClock });
      const { link } = await startBoard(stream, geometry, arcSettings(), systemClock);
      await expect(runJob(link, job, [cell], { ...guard, permission })).rejects.toMatchObject({
        name: 'PermissionError',
        message: 'arc-one: forming cannot be undone; array "tiox-socket" was not permitted for it',
      });
      expect(board.counts.pulses).toBe(0);
      expect(link.fault).toBeNull();
    },
  );

  test('what old firmware and the board do not have', () => {
    expect(() => formFinderJob({ ...forming, progression: 'seconds' }, 'old')).toThrow(
      'widths that grow in seconds',
    );
    expect(() => formFinderJob({ ...forming, series: 2e4 }, 'current')).toThrow(
      'a series resistor of 20000 ohm',
    );
  });
});
