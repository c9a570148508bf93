import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { arcOne } from '../../firmware-bridge/arc-one/arc-one.ts';
import { systemClock } from '../../firmware-bridge/transport/clock.ts';
import { SerialPortStream } from '../../firmware-bridge/transport/serial-port-stream.ts';
import { PseudoTerminal } from '../../firmware-bridge/virtual/pseudo-terminal.ts';
import type { VirtualBoard } from '../../firmware-bridge/virtual/virtual-board.ts';
import { hasSocat, scratchPath, terminalOf } from './terminal.ts';

const silent: VirtualBoard = { receive: () => {}, attach: () => {} };

function openPort(path: string) {
  return SerialPortStream.open(path, arcOne.line, { clock: systemClock });
}

test('a port that is not there, and one that is no port', async () => {
  const path = scratchPath('nothing');
  await expect(openPort(path)).rejects.toMatchObject({ code: 'port-missing', exitCode: 3 });
  writeFileSync(path, 'text');
  chmodSync(path, 0o600);
  await expect(openPort(path)).rejects.toMatchObject({ name: 'TransportError', exitCode: 3 });
});

test('without socat there is no terminal, and the error says how to get it', async () => {
  const { PATH } = process.env;
  process.env['PATH'] = '/nowhere';
  try {
    const opening = PseudoTerminal.open(silent, scratchPath('port'));
    await expect(opening).rejects.toMatchObject({ code: 'tool-missing', exitCode: 5 });
  } finally {
    process.env['PATH'] = PATH;
  }
});

describe.skipIf(!hasSocat)('a serial port', () => {
  test('is for one program at a time', async () => {
    const { link } = await terminalOf(silent);
    const first = await openPort(link);
    await expect(openPort(link)).rejects.toMatchObject({ code: 'port-busy' });
    await first.close();
    await (await openPort(link)).close();
  });

  test('that is lost ends whoever waits on it, and is not used again', async () => {
    const terminal = await terminalOf(silent);
    const stream = await openPort(terminal.link);
    const waiting = stream.read(4, 30).catch((error: unknown) => error);
    await terminal.close();
    expect(await waiting).toMatchObject({ name: 'TransportError', code: 'unplugged' });
    expect(stream.ended).not.toBeNull();
    await expect(stream.write(Uint8Array.of(1), 1)).rejects.toBe(stream.ended);
    await stream.close();
  });

  test('of a silent board is waited for as long as was said', async () => {
    const { link } = await terminalOf(silent);
    const stream = await openPort(link);
    await expect(stream.read(1, 0.05)).rejects.toMatchObject({ code: 'no-answer' });
    await expect(stream.readLine(0.05)).rejects.toMatchObject({ code: 'no-answer' });
    expect(stream.ended).toBeNull();
    await stream.close();
  });

  test('is not made where something else stands', async () => {
    const path = scratchPath('taken');
    writeFileSync(path, 'mine');
    await expect(PseudoTerminal.open(silent, path)).rejects.toMatchObject({
      code: 'link-taken',
      exitCode: 2,
    });
    expect(existsSync(path)).toBe(true);
  });
});
