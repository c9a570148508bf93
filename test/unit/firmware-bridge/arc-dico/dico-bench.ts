import { arcDico } from '../../../../firmware-bridge/arc-dico/arc-dico.ts';
import { arcDicoSettingsSchema } from '../../../../firmware-bridge/arc-dico/settings.ts';
import { createVirtualDico, type VirtualDico } from '../../../../firmware-bridge/arc-dico/virtual-dico.ts';
import { permitArray } from '../../../../firmware-bridge/array-permission.ts';
import type { ByteStream } from '../../../../firmware-bridge/transport/byte-stream.ts';
import type { Clock } from '../../../../firmware-bridge/transport/clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import type { VirtualBoard } from '../../../../firmware-bridge/virtual/virtual-board.ts';
import type { Crossbar } from '../../../../src/array/crossbar.ts';
import type { Backend } from '../../../../src/run/backend.ts';
import type { DriverGrid } from '../../../../src/schedule/driver-grid.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { writeVerify } from '../board-program.ts';
import { thresholdArray, thresholdKnowledge } from '../threshold-device.ts';

export const geometry = { wordLines: 3, bitLines: 1 } as const;

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
export const targets = [6e-5, 1.2e-4, 1.4e-4];
export const tolerance = 0.01;

/** As a lab writes them. */
export const raw = {
  array: 'test array',
  gates: { pins: [1, 8, 22], voltage: '3.5 V', highest: '4 V', settle: '20 ms' },
  source: { kind: 'keithley-2400', range: '2 V', currentLimit: '1 mA' },
} as const;

export const operations: readonly Operation[] = [
  { kind: 'wait', seconds: 0.01 },
  { kind: 'pulse', cell: { word: 2, bit: 0 }, volts: -0.7, width: 5e-3, bias: 'grounded' },
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

export interface DicoBench {
  readonly crossbar: Crossbar;
  readonly board: VirtualDico;
}

/** A virtual DiCo over cells with transistors, the source-measure unit beside it. */
export function virtualBench(clock: Clock): DicoBench {
  const crossbar = thresholdArray(geometry, 4e-3);
  const virtual = { realTime: false, baudRate: 9600, inputBytes: 4096, threshold: 1 } as const;
  return {
    crossbar,
    board: createVirtualDico({ crossbar, clock }, virtual, arcDicoSettingsSchema.parse(raw)),
  };
}

/** Lines to both, or to what stands in for one. */
export interface Lines {
  readonly gates?: ByteStream;
  readonly source?: ByteStream;
}

/** The driver on both lines. */
export function driverOn(
  { board }: DicoBench,
  clock: Clock,
  {
    gates = connectBoard(board, 'virtual dico', { clock }),
    source = connectBoard(board.beside.source, 'virtual source', { clock }),
  }: Lines = {},
  more: object = {},
): Backend {
  return arcDico.createBackend(
    {
      connect: async (beside) => (beside === undefined ? gates : source),
      clock,
      geometry,
      driver,
      device: thresholdKnowledge,
      gap: 0,
      permission: permitArray('none'),
    },
    { ...raw, ...more },
  );
}

/** A board whose requests are seen before it gets them. */
export function watched(board: VirtualBoard, see: (bytes: Uint8Array) => void): VirtualBoard {
  return {
    receive: (bytes) => {
      see(bytes);
      board.receive(bytes);
    },
    attach: (send) => board.attach(send),
  };
}
