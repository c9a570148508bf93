import { describe, expect, test } from 'vitest';
import { createGeometry } from '../../../../src/array/geometry.ts';
import type { Lab } from '../../../../src/lab/lab.ts';
import type { CheckedProgram } from '../../../../src/run/backend.ts';
import { certify } from '../../../../src/schedule/compile.ts';
import { safeOperatingAreaDigest } from '../../../../src/schedule/digest.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { createSchedule } from '../../../../src/schedule/schedule.ts';
import type { ArcOneSettings } from '../../../../firmware-bridge/arc-one/settings.ts';
import { permitArray } from '../../../../firmware-bridge/array-permission.ts';
import type { BoardOptions } from '../../../../firmware-bridge/controller.ts';
import type { ByteTap } from '../../../../firmware-bridge/transport/byte-stream.ts';
import { systemClock } from '../../../../firmware-bridge/transport/clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import { arcBackend, arcLab, arcSettings, programOf, virtualBench } from './bench.ts';

const lab = await arcLab();
const geometry = createGeometry(4, 4);
const cell = { word: 1, bit: 2 };
const { read } = lab;
const { bias } = lab.config.program;

/** A driver whose pulses are watched: whatever is refused must not have left. */
function watched(
  settings: ArcOneSettings = arcSettings(),
  changes: Partial<BoardOptions> = {},
  ofLab: Lab = lab,
  size = geometry,
) {
  const sent: string[] = [];
  const tap: ByteTap = {
    sent: (bytes) => void sent.push(Buffer.from(bytes).toString()),
    received: () => {},
    ended: () => {},
  };
  const { board } = virtualBench(ofLab, size);
  const stream = connectBoard(board, 'virtual', { clock: systemClock, tap });
  return { backend: arcBackend(ofLab, size, stream, settings, changes), sent, board };
}

async function armed(
  operations: readonly Operation[],
  settings?: ArcOneSettings,
  changes?: Partial<BoardOptions>,
) {
  const bench = watched(settings, changes);
  await bench.backend.open();
  const before = bench.sent.length;
  return { ...bench, before, arm: bench.backend.arm(programOf(lab, geometry, operations)) };
}

const readOnce: Operation = { kind: 'read', cells: [cell], ...read };
const pulseOnce: Operation = { kind: 'pulse', cell, volts: 0.8, width: 1e-4, bias };

describe('what the board cannot do is refused when it is armed, before a byte is sent', () => {
  test.each<[string, Operation, RegExp]>([
    [
      'a frame',
      { kind: 'frame', wordVolts: [0.1, 0, 0, 0], bitVolts: [0, 0, 0, 0], width: 1e-5, sense: true },
      /^operation 0: arc-one selects one cell at a time/u,
    ],
    [
      'another bias',
      { ...pulseOnce, bias: 'half' },
      /the bias scheme "half" is not one that the board can apply/u,
    ],
    ['another bias for a read', { ...readOnce, bias: 'grounded' }, /the bias scheme "grounded"/u],
    [
      'a read of another length',
      { ...readOnce, width: 2e-5 },
      /^operation 0: a read of 0\.00002 s; arc-one takes 0\.00001 s by its settings/u,
    ],
  ])('%s', async (_, operation, message) => {
    const { arm, sent, before, backend } = await armed([operation]);
    await expect(arm).rejects.toThrow(message);
    await expect(backend.execute(0)).rejects.toMatchObject({ code: 'not-armed' });
    expect(sent).toHaveLength(before);
  });

  test('a classic read at another voltage', async () => {
    const { arm } = await armed([readOnce], arcSettings({ readMode: 'classic' }));
    await expect(arm).rejects.toThrow('a read at 0.2 V; a classic read is always at 0.5 V');
  });

  test('numbers that the chosen format would change', async () => {
    const { arm } = await armed([{ ...pulseOnce, width: 1.23e-6 }], arcSettings({ numbers: 'libarc1' }));
    await expect(arm).rejects.toThrow('would go out as 0.000001, which is another value');
  });
});

describe('limits of the driver hold whatever the configuration says', () => {
  test.each<[string, Partial<Lab['driver']>, string]>([
    ['maxVolts', { maxVolts: 12.001 }, 'controller.line.max: found 12.001, the board has up to 12 V'],
    ['minVolts', { minVolts: -13 }, 'controller.line.min: found -13, the board has -12 V or above'],
    ['minWidth', { minWidth: 80e-9 }, 'controller.timer.min: found 8e-8, the board has 9e-8 s or longer'],
    ['maxWidth', { maxWidth: 11 }, 'controller.timer.max: found 11, the board has up to 10 s'],
  ])('a driver grid beyond the instrument: %s', (_, changes, message) => {
    expect(() => watched(arcSettings(), {}, { ...lab, driver: { ...lab.driver, ...changes } })).toThrow(
      `arc-one: ${message}`,
    );
  });

  test('an array beyond the instrument', () => {
    expect(() => watched(arcSettings(), {}, lab, createGeometry(33, 2))).toThrow('array.wordLines: found 33');
    expect(() => watched(arcSettings({ session: 'external' }), {}, lab, createGeometry(1, 2))).toThrow(
      'array.bitLines: found 2, the board has up to 1',
    );
  });

  test('a certified pulse beyond 12 V does not leave: the driver looks at the text that would go out', async () => {
    // The grid changes after the driver has looked at it, so that its own limits are all that is left.
    const driver = { ...lab.driver };
    const { backend, sent } = watched(arcSettings(), { driver });
    await backend.open();
    const before = sent.length;
    driver.maxVolts = 99;
    const unlimited = {
      ...lab.safeOperatingArea,
      voltage: {
        ...lab.safeOperatingArea.voltage,
        pulse: { positive: 99, negative: 99 },
        line: 99,
        unselected: 99,
      },
      envelope: [{ volts: 99, width: 1e-3 }],
      energy: { perPulse: 1e9, lowestResistance: 1e3 },
      compliance: { current: 99, seriesResistance: 0, lineCurrent: 99 },
      halfSelect: [{ volts: 0.01, total: 1e9 }],
    };
    const schedule = createSchedule(geometry, [{ ...pulseOnce, volts: 12.5 }]);
    const certificate = certify(schedule, unlimited, driver);
    const program: CheckedProgram = { schedule, safeOperatingArea: unlimited, certificate };
    await expect(backend.arm(program)).rejects.toThrow(
      'arc-one: job 04, voltage: found 12.5 V, the board takes -12 to 12 V',
    );
    expect(sent).toHaveLength(before);
  });
});

describe('which array is in the socket', () => {
  const digest = safeOperatingAreaDigest(lab.safeOperatingArea);
  const { array } = lab.safeOperatingArea;

  test('limits for another array are refused, permission or not', async () => {
    const settings = arcSettings({ array: 'wafer7' });
    const { arm } = await armed([readOnce], settings, { permission: permitArray(array) });
    await expect(arm).rejects.toMatchObject({
      name: 'PermissionError',
      message: 'arc-one: array "wafer7" is connected, the limits are for "tiox-socket"',
    });
  });

  test.each([
    ['first use', { array: undefined }],
    ['other limits than it was released for', { limitsDigest: 'a'.repeat(64) }],
  ])('%s needs a permission that names the array', async (_, changes) => {
    const settings = arcSettings(changes);
    const refused = await armed([readOnce], settings);
    await expect(refused.arm).rejects.toMatchObject({ name: 'PermissionError', code: 'array-permission' });
    expect(refused.sent).toHaveLength(refused.before);

    const wrong = await armed([readOnce], settings, { permission: permitArray('another') });
    await expect(wrong.arm).rejects.toMatchObject({ code: 'array-permission' });

    const permitted = await armed([readOnce], settings, { permission: permitArray(array) });
    await permitted.arm;
    expect(await permitted.backend.execute(0)).toMatchObject({ kind: 'read' });
  });

  test('the limits that it was released for need none', async () => {
    const { arm } = await armed([readOnce], arcSettings({ limitsDigest: digest }));
    await expect(arm).resolves.toBeUndefined();
  });
});

describe('the gate stands in front of the line', () => {
  test('nothing is done twice, nothing without a program, nothing that was not certified', async () => {
    const { arm, backend, board } = await armed([pulseOnce, readOnce]);
    await arm;
    await backend.execute(0);
    const { pulses } = board.counts;
    await expect(backend.execute(0)).rejects.toMatchObject({ code: 'gate' });
    await expect(backend.executeStep(1, { ...pulseOnce, volts: 0.7 })).rejects.toThrow('a read has no steps');
    await backend.safe();
    await expect(backend.execute(1)).rejects.toMatchObject({ code: 'not-armed' });
    expect(board.counts.pulses).toBe(pulses);
  });

  test('a certificate for something else is refused', async () => {
    const { backend } = watched();
    await backend.open();
    const program = programOf(lab, geometry, [pulseOnce]);
    const schedule = createSchedule(geometry, [{ ...pulseOnce, volts: 0.7 }]);
    await expect(backend.arm({ ...program, schedule })).rejects.toMatchObject({
      code: 'certificate-mismatch',
    });
    await expect(backend.arm(programOf(lab, createGeometry(2, 2), []))).rejects.toMatchObject({
      code: 'geometry',
    });
  });
});
