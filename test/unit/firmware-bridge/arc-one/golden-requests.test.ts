import { expect, test } from 'vitest';
import { createGeometry } from '../../../../src/array/geometry.ts';
import { withDeviceCount } from '../../../../firmware-bridge/arc-one/board-job.ts';
import { chronoAmperometryJob } from '../../../../firmware-bridge/arc-one/chrono-amperometry.ts';
import { convergeJob } from '../../../../firmware-bridge/arc-one/converge.ts';
import { curveTracerJob } from '../../../../firmware-bridge/arc-one/curve-tracer.ts';
import { enduranceJob } from '../../../../firmware-bridge/arc-one/endurance.ts';
import { formFinderJob } from '../../../../firmware-bridge/arc-one/form-finder.ts';
import { multiBiasJob } from '../../../../firmware-bridge/arc-one/multi-bias.ts';
import type { NumberProfile } from '../../../../firmware-bridge/arc-one/number-profile.ts';
import { pulseReadRequest } from '../../../../firmware-bridge/arc-one/pulse-cell.ts';
import {
  readAllRequest,
  readCellRequest,
  readMaskedRequest,
} from '../../../../firmware-bridge/arc-one/read-cells.ts';
import { requestText, type ArcOneRequest } from '../../../../firmware-bridge/arc-one/request.ts';
import { initialiseRequest, readModeRequest } from '../../../../firmware-bridge/arc-one/start-up.ts';
import { switchSeekerJob } from '../../../../firmware-bridge/arc-one/switch-seeker.ts';

const full = createGeometry(32, 32);
const cell = { word: 2, bit: 6 };

const sweep = {
  positive: 1,
  negative: 1,
  interpulse: 0.01,
  cutOff: { positive: 0, negative: 0 },
  cycles: 1,
  form: 'staircase',
  span: 'positive-first',
  halt: false,
} as const;

const train = { volts: 1, width: 1e-4, cutOff: 0, pulses: 1 };

// What the two known hosts send for these, byte for byte; `|` stands for the newline.
test.each<[string, NumberProfile, ArcOneRequest, string]>([
  [
    'arc1_pyqt starts',
    'pyqt',
    initialiseRequest(full, { cycles: 50, readMode: 2, session: 0 }, 1, 0.5),
    '0|50|32|32|2|0|1|0.500000|',
  ],
  ['arc1_pyqt sets its read mode', 'pyqt', readModeRequest(2, 0.5), '01|2|0.500000|'],
  [
    'libarc1 starts',
    'libarc1',
    initialiseRequest(full, { cycles: 30, readMode: 2, session: 0 }, 0, 0.5),
    '0|30|32|32|2|0|0|0.500000|',
  ],
  ['libarc1 reads', 'libarc1', readCellRequest(cell), '1|3|7|'],
  ['libarc1 pulses and reads', 'libarc1', pulseReadRequest(cell, 1.5, 1e-4), '3|3|7|1.500000|0.000100|'],
  ['libarc1 reads all', 'libarc1', readAllRequest(full), '2|1|32|32|'],
  ['libarc1 reads two', 'libarc1', readMaskedRequest(full, 2), '2|2|32|32|2|'],
  [
    'libarc1 CurveTracer',
    'libarc1',
    withDeviceCount(curveTracerJob({ ...sweep, start: 0.1, step: 0.1, width: 0.01 }, 0), 1),
    '201|1.000000|1.000000|0.100000|0.100000|0.010000|0.010000|0.000000|-0.000000|1|0|0|0|1|',
  ],
  [
    'libarc1 FormFinder',
    'libarc1',
    withDeviceCount(
      formFinderJob(
        {
          volts: { start: 0.25, step: 0.25, stop: 3 },
          width: { start: 1e-4, step: 100, stop: 1e-3 },
          progression: 'percent',
          interpulse: 0.01,
          threshold: 1e6,
          thresholdPercent: 0,
          series: 0,
          pulses: 1,
        },
        'current',
      ),
      1,
    ),
    '141|0.250000|0.250000|3.000000|0.000100|100.000000|0.001000|0.010000|1000000.000000|0.000000|0|7|1|1|',
  ],
  [
    'libarc1 SwitchSeeker, with its empty line',
    'libarc1',
    withDeviceCount(
      switchSeekerJob({
        speed: 'slow',
        width: 1e-4,
        volts: { start: 0.5, step: 0.2, stop: 3 },
        interpulse: 1e-3,
        threshold: 1e6,
        reads: 5,
        pulses: 10,
        cycles: 5,
        tolerance: 10,
        readAfterPulse: false,
        polarity: 0,
      }),
      1,
    ),
    '152||0.000100|0.500000|0.200000|3.000000|0.001000|1000000.000000|5|10|5|10|0|0|1|',
  ],
  [
    'libarc1 Endurance',
    'libarc1',
    withDeviceCount(
      enduranceJob(
        { positive: train, negative: { ...train, volts: -1 }, interpulse: 1e-3, cycles: 10 },
        'seconds',
      ),
      1,
    ),
    '191|1.000000|0.000100|0.000000|-1.000000|0.000100|0.000000|0.001000|1|1|10|1|',
  ],
  [
    'libarc1 ConvergeToState',
    'libarc1',
    withDeviceCount(
      convergeJob({
        volts: { start: 0.5, step: 0.1, stop: 2 },
        width: { start: 0.1, stepPercent: 100, stop: 0.1 },
        interpulse: 1e-3,
        target: 5000,
        tolerancePercent: 5,
        initialPercent: 5,
        pulses: 1,
        firstPolarity: 1,
      }),
      1,
    ),
    '21|0.500000|0.100000|2.000000|0.100000|100.000000|0.100000|0.001000|5000.000000|5.000000|5.000000|1|1|1|',
  ],
  [
    'libarc1 ChronoAmperometry',
    'libarc1',
    withDeviceCount(chronoAmperometryJob({ bias: 1, width: 0.1, reads: 2 }), 1),
    '220|1.000000|0.100000|2|1|',
  ],
  [
    'libarc1 MultiBias',
    'libarc1',
    multiBiasJob({ wordLines: [0, 1], bitLine: 0, writeVolts: 1, width: 1e-4, readVolts: 0.5 }, 'read'),
    '50|1.000000|0.000100|0.500000|2|1|1|1|2|',
  ],
  [
    'arc1_pyqt CurveTracer, 2 ms shorter than asked',
    'pyqt',
    withDeviceCount(curveTracerJob({ ...sweep, start: 0.05, step: 0.05, width: 0.05 }, 2e-3), 1),
    // Positive and negative end, start, step, width, interpulse, cut-offs, cycles, form, span, halt, devices.
    '201|1.0|1.0|0.05|0.05|0.048|0.01|0.0|-0.0|1|0|0|0|1|',
  ],
])('%s', (_, profile, request, expected) => {
  expect(requestText(request, profile).replaceAll('\n', '|')).toBe(expected);
});

test('arc1_pyqt writes ChronoAmperometry with exponents', () => {
  const job = chronoAmperometryJob({ bias: 1, width: 1e-4, reads: 2 });
  expect(requestText(withDeviceCount(job, 1), 'pyqt')).toBe('220\n1.000e+00\n1.000e-04\n2\n1\n');
});

test('old firmware gets job 14, without the mode', () => {
  const job = formFinderJob(
    {
      volts: { start: -0.25, step: -0.25, stop: -3 },
      width: { start: 1e-4, step: 100, stop: 1e-3 },
      progression: 'percent',
      interpulse: 0.01,
      threshold: 0,
      thresholdPercent: 0,
      series: 1e4,
      pulses: 2,
    },
    'old',
  );
  expect(requestText(withDeviceCount(job, 1), 'repr')).toBe(
    '14\n-0.25\n-0.25\n-3.0\n0.0001\n100.0\n0.001\n0.01\n0.0\n0.0\n2\n2\n1\n',
  );
});
