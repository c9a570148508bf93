import { describe, expect, test } from 'vitest';
import { arcOne } from '../../firmware-bridge/arc-one/arc-one.ts';
import { identifyArcOne } from '../../firmware-bridge/arc-one/identify.ts';
import { readModeRequest, startBoard } from '../../firmware-bridge/arc-one/start-up.ts';
import { systemClock } from '../../firmware-bridge/transport/clock.ts';
import { SerialPortStream } from '../../firmware-bridge/transport/serial-port-stream.ts';
import { createGeometry } from '../../src/array/geometry.ts';
import {
  arcBackend,
  arcLab,
  arcSettings,
  quietArray,
  run,
  virtualBench,
  writeVerifyProgram,
} from '../unit/firmware-bridge/arc-one/bench.ts';
import { comparableRecord } from '../unit/firmware-bridge/arc-one/comparable-record.ts';
import { RoundedBackend } from '../unit/firmware-bridge/arc-one/rounded-backend.ts';
import { everyJob, jobGuard } from './every-job.ts';
import { libarcJobs, playInStep, pyqtJobs } from './host-jobs.ts';
import { hasSocat, terminalOf } from './terminal.ts';
import { ThirdPartyHost } from './third-party-host.ts';

const lab = await arcLab();
const full = createGeometry(32, 32);

function openPort(path: string) {
  return SerialPortStream.open(path, arcOne.line, { clock: systemClock });
}

describe.skipIf(!hasSocat)('ArC ONE over a pseudo-terminal', () => {
  test('every job, driver to virtual board', async () => {
    const geometry = createGeometry(8, 8);
    const { board } = virtualBench(lab, geometry);
    const terminal = await terminalOf(board);
    const stream = await openPort(terminal.link);
    const session = await startBoard(stream, geometry, arcSettings(), systemClock);
    await session.link.send(readModeRequest(2, 0.2));
    for (const [, play] of everyJob) {
      await play(session.link, jobGuard(lab), session, geometry);
      expect(stream.waiting).toBe(0);
    }
    await stream.close();
  });

  test('what the two public hosts send', async () => {
    const { board } = virtualBench(lab, full);
    const terminal = await terminalOf(board);
    for (const jobs of [pyqtJobs, libarcJobs]) {
      const stream = await openPort(terminal.link);
      for (const job of jobs) {
        await playInStep(new ThirdPartyHost(stream), job);
      }
      await stream.close();
    }
    expect(board.lostBytes).toBe(0);
  });

  test('a write-verify of 32 x 32 cells ends in tolerance and leaves the record of the simulated backend', async () => {
    const program = writeVerifyProgram(lab, full);
    const { board } = virtualBench(lab, full);
    const terminal = await terminalOf(board);
    const events = await run(
      lab,
      arcBackend(lab, full, () => openPort(terminal.link)),
      program,
    );
    const reference = await run(lab, new RoundedBackend(quietArray(lab, full)), program);
    expect(comparableRecord(events)).toEqual(comparableRecord(reference));

    const last = events
      .slice(64, 96)
      .flatMap(({ result }) => (result.kind === 'programVerify' ? result.cells : []));
    expect(last).toHaveLength(1024);
    const reached = last.filter(({ conductance, target }) => Math.abs(conductance / target - 1) <= 0.01);
    expect(reached.length).toBeGreaterThanOrEqual(0.99 * last.length);
    expect(board.counts.zeroWidthPulses).toBe(0);
  });

  test('the board is recognised, and a silent line is not', async () => {
    const { board } = virtualBench(lab, createGeometry(2, 2));
    const terminal = await terminalOf(board);
    const stream = await openPort(terminal.link);
    expect(await identifyArcOne(stream, systemClock)).toBe('ArC ONE, firmware 1.2');
    await stream.close();

    const silent = await terminalOf({ receive: () => {}, attach: () => {} });
    const line = await openPort(silent.link);
    expect(await identifyArcOne(line, systemClock)).toBeNull();
    await line.close();
  });
});
