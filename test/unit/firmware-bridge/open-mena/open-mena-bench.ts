import { permitArray } from '../../../../firmware-bridge/array-permission.ts';
import { openMena } from '../../../../firmware-bridge/open-mena/open-mena.ts';
import { readWidth } from '../../../../firmware-bridge/open-mena/timing.ts';
import {
  createVirtualOpenMena,
  type VirtualOpenMena,
} from '../../../../firmware-bridge/open-mena/virtual-open-mena.ts';
import type { ByteStream } from '../../../../firmware-bridge/transport/byte-stream.ts';
import type { Clock } from '../../../../firmware-bridge/transport/clock.ts';
import type { Crossbar } from '../../../../src/array/crossbar.ts';
import type { Backend } from '../../../../src/run/backend.ts';
import type { DriverGrid } from '../../../../src/schedule/driver-grid.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { checkedProgram, writeVerify } from '../board-program.ts';
import { thresholdArray, thresholdKnowledge } from '../threshold-device.ts';

export const geometry = { wordLines: 3, bitLines: 2 } as const;

export const driver: DriverGrid = {
  minVolts: -0.74,
  maxVolts: 0.74,
  stepVolts: 1e-3,
  minWidth: 5e-6,
  maxWidth: 1,
  stepWidth: 1e-6,
  errorVolts: 2e-3,
};

/** Under it a pulse of 0.7 V stays within the converters, and victims below the threshold of the devices. */
export const bias = {
  name: 'tilted',
  selectedWord: 0.71,
  selectedBit: -0.29,
  unselectedWord: 0,
  unselectedBit: 0,
};

export const read = { volts: 0.2, width: readWidth, bias: 'grounded' } as const;

export const settings = { senseResistor: '10 ohm', gain: 1000, array: 'test array' };

export const targets = [6e-5, 8e-5, 1.1e-4, 1.2e-4, 1.4e-4, 1e-4];
export const tolerance = 0.03;

export const operations: readonly Operation[] = [
  { kind: 'wait', seconds: 0.01 },
  { kind: 'pulse', cell: { word: 1, bit: 1 }, volts: 0.6, width: 1e-4, bias },
  ...writeVerify({
    geometry,
    targets,
    tolerance,
    ramp: { start: 0.54, step: 0.02, stop: 0.7 },
    width: 1e-3,
    read,
    bias,
  }),
  { kind: 'frame', wordVolts: [0.1, 0.1, 0], bitVolts: [0, 0], width: readWidth, sense: true },
];

export const program = checkedProgram(geometry, driver, operations);

export interface VirtualBench {
  readonly crossbar: Crossbar;
  readonly board: VirtualOpenMena;
}

/** A virtual board over an array. */
export function virtualBench(clock: Clock): VirtualBench {
  const crossbar = thresholdArray(geometry, 0.02);
  const board = createVirtualOpenMena(
    { crossbar, clock },
    { boot: true, realTime: false, inputBytes: 4096 },
    { senseResistor: 10, gain: 1000, adcReference: 3.3 },
  );
  return { crossbar, board };
}

/** The driver on a line. */
export function driverOn(stream: ByteStream, clock: Clock, more: object = {}): Backend {
  return openMena.createBackend(
    {
      connect: async () => stream,
      clock,
      geometry,
      driver,
      device: thresholdKnowledge,
      gap: 0,
      permission: permitArray('none'),
    },
    { ...settings, ...more },
  );
}
