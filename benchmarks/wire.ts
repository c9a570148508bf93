import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arcOne } from '../firmware-bridge/arc-one/arc-one.ts';
import { pulseAndRead } from '../firmware-bridge/arc-one/pulse-cell.ts';
import { arcOneSettingsSchema } from '../firmware-bridge/arc-one/settings.ts';
import { startBoard } from '../firmware-bridge/arc-one/start-up.ts';
import { systemClock } from '../firmware-bridge/transport/clock.ts';
import { SerialPortStream } from '../firmware-bridge/transport/serial-port-stream.ts';
import { PseudoTerminal } from '../firmware-bridge/virtual/pseudo-terminal.ts';
import { createGeometry } from '../src/array/geometry.ts';
import { loadLab } from '../src/lab/lab.ts';
import { simulatedOptions } from '../src/lab/simulate-lab.ts';
import type { Seconds } from '../src/units.ts';

const geometry = createGeometry(32, 32);
const operations = 4000;

/**
 * Pulse and read the cells of a virtual ArC ONE one after the other, each answer awaited before the next question,
 * over a pseudo-terminal: driver, serial port, socat, firmware, emulated array and back.
 */
export async function wireRows() {
  const seconds = await pulseAndReadCells();
  return [
    {
      'pulse and read': operations,
      seconds: seconds.toFixed(2),
      'per second': Math.round(operations / seconds),
    },
  ];
}

async function pulseAndReadCells(): Promise<Seconds> {
  const lab = await loadLab('examples/arc-one.yaml');
  const board = arcOne.createVirtualBoard(
    { ...simulatedOptions(lab, geometry, 1), clock: systemClock },
    {},
    {},
  );
  const folder = await mkdtemp(join(tmpdir(), 'ohmloom-wire-'));
  const terminal = await PseudoTerminal.open(board, join(folder, 'port'));
  const stream = await SerialPortStream.open(terminal.link, arcOne.line, { clock: systemClock });
  try {
    const { link } = await startBoard(stream, geometry, arcOneSettingsSchema.parse({}), systemClock);
    const start = systemClock.now();
    for (let act = 0; act < operations; act++) {
      const cell = {
        word: act % geometry.wordLines,
        bit: Math.floor(act / geometry.wordLines) % geometry.bitLines,
      };
      await pulseAndRead(link, cell, act % 2 === 0 ? 0.5 : -0.5, 1e-6);
    }
    return systemClock.now() - start;
  } finally {
    await stream.close();
    await terminal.close();
    await rm(folder, { recursive: true });
  }
}
