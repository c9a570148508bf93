import { describe, expect, test } from 'vitest';
import { createGeometry } from '../../../../src/array/geometry.ts';
import { startBoard, readModeRequest } from '../../../../firmware-bridge/arc-one/start-up.ts';
import { systemClock } from '../../../../firmware-bridge/transport/clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import { everyJob, jobGuard } from '../../../wire/every-job.ts';
import { libarcJobs, playInStep, pyqtJobs } from '../../../wire/host-jobs.ts';
import { ThirdPartyHost } from '../../../wire/third-party-host.ts';
import { arcLab, arcSettings, virtualBench } from './bench.ts';

const lab = await arcLab();

async function conversation(board: Record<string, unknown> = {}) {
  const geometry = createGeometry(8, 8);
  const { board: virtual } = virtualBench(lab, geometry, { board });
  const stream = connectBoard(virtual, 'virtual', { clock: systemClock });
  const session = await startBoard(stream, geometry, arcSettings(board), systemClock);
  await session.link.send(readModeRequest(2, 0.2));
  return { geometry, stream, session };
}

describe('every job, driver to virtual board in memory', () => {
  test.each(everyJob)('%s', async (_, play) => {
    const { geometry, stream, session } = await conversation();
    await play(session.link, jobGuard(lab), session, geometry);
    expect(stream.waiting).toBe(0);
  });

  test.each(everyJob.slice(0, 2))('%s, with resistances that come doubled', async (_, play) => {
    const { geometry, stream, session } = await conversation({ session: 'external' });
    await play(session.link, jobGuard(lab), session, geometry);
    expect(stream.waiting).toBe(0);
  });
});

describe.each([
  ['arc1_pyqt', pyqtJobs],
  ['libarc1', libarcJobs],
])('what %s sends, job by job', (_, jobs) => {
  const { board } = virtualBench(lab, createGeometry(32, 32));
  const host = new ThirdPartyHost(connectBoard(board, 'virtual', { clock: systemClock }));

  test.each(jobs.map((job) => [job.name, job] as const))('%s', async (_name, job) => {
    await playInStep(host, job);
    expect(board.lostBytes).toBe(0);
  });
});
