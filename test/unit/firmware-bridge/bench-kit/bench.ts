import { permitArray } from '../../../../firmware-bridge/array-permission.ts';
import { createBenchKit } from '../../../../firmware-bridge/bench-kit/bench-kit.ts';
import {
  benchKitSettingsSchema,
  type BenchKitSettings,
} from '../../../../firmware-bridge/bench-kit/settings.ts';
import {
  createVirtualBench,
  type VirtualBench,
} from '../../../../firmware-bridge/bench-kit/virtual-bench.ts';
import type { ByteStream } from '../../../../firmware-bridge/transport/byte-stream.ts';
import type { Clock } from '../../../../firmware-bridge/transport/clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import type { VirtualBoard } from '../../../../firmware-bridge/virtual/virtual-board.ts';
import type { Crossbar } from '../../../../src/array/crossbar.ts';
import type { Geometry } from '../../../../src/array/geometry.ts';
import type { Backend } from '../../../../src/run/backend.ts';
import type { DriverGrid } from '../../../../src/schedule/driver-grid.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { writeVerify } from '../board-program.ts';
import { thresholdArray, thresholdKnowledge } from '../threshold-device.ts';

export const geometry = { wordLines: 4, bitLines: 1 } as const;

export const driver: DriverGrid = {
  minVolts: -2,
  maxVolts: 2,
  stepVolts: 1e-3,
  minWidth: 4e-3,
  maxWidth: 1,
  stepWidth: 1e-4,
  errorVolts: 1e-3,
};

export const read = { volts: 0.2, width: 5e-3, bias: 'grounded' } as const;

export const targets = [6e-5, 8e-5, 1.2e-4, 1.4e-4];
export const tolerance = 0.01;

/** Settings as a lab writes them; both kinds of instrument take them. */
export function settingsOf(kind: 'keithley-2400' | 'keithley-2600', more: object = {}): BenchKitSettings {
  return benchKitSettingsSchema.parse({
    array: 'test array',
    source: { kind, range: '2 V', currentLimit: '1 mA', ...more },
    matrix: { slots: [1], wordColumns: [1, 2, 3, 4], bitColumns: [8], settle: '20 ms' },
  });
}

export const operations: readonly Operation[] = [
  { kind: 'wait', seconds: 0.01 },
  { kind: 'pulse', cell: { word: 3, bit: 0 }, volts: -0.7, width: 5e-3, bias: 'grounded' },
  ...writeVerify({
    geometry,
    targets,
    tolerance,
    ramp: { start: 0.52, step: 0.02, stop: 0.8 },
    width: 5e-3,
    read,
    bias: 'grounded',
  }),
];

export interface Bench {
  readonly crossbar: Crossbar;
  readonly board: VirtualBench;
}

/** Virtual instruments over an array. */
export function virtualBench(clock: Clock, settings: BenchKitSettings, size: Geometry = geometry): Bench {
  const crossbar = thresholdArray(size, 4e-3);
  const virtual = { realTime: false, baudRate: 9600, inputBytes: 4096 } as const;
  return { crossbar, board: createVirtualBench({ crossbar, clock }, virtual, settings) };
}

export interface Lines {
  readonly source: ByteStream;
  readonly matrix: ByteStream;
}

/** Lines to both instruments, or to what stands in for one. */
export function linesTo(
  { board }: Bench,
  clock: Clock,
  { source = board, matrix = board.beside.matrix }: { source?: VirtualBoard; matrix?: VirtualBoard } = {},
): Lines {
  const line = (instrument: VirtualBoard): ByteStream =>
    connectBoard(instrument, 'virtual instrument', { clock });
  return { source: line(source), matrix: line(matrix) };
}

/** The driver on both lines. */
export function driverOn(
  { source, matrix }: Lines,
  clock: Clock,
  settings: BenchKitSettings,
  grid: DriverGrid = driver,
  size: Geometry = geometry,
): Backend {
  return createBenchKit(
    {
      connect: async (beside) => (beside === undefined ? source : matrix),
      clock,
      geometry: size,
      driver: grid,
      device: thresholdKnowledge,
      gap: 0,
      permission: permitArray('none'),
    },
    settings,
  );
}
