import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createGeometry } from '../../src/array/geometry.ts';
import { writeMatrix } from '../../src/files/npy.ts';
import { arcLab, targetsOf, virtualBench } from '../unit/firmware-bridge/arc-one/bench.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { hasSocat, scratchPath, terminalOf } from './terminal.ts';

const geometry = createGeometry(4, 4);
const config = 'examples/arc-one.yaml';

async function arcOnTerminal() {
  const { board } = virtualBench(await arcLab(), geometry);
  const { link } = await terminalOf(board);
  return { link, folder: dirname(link) };
}

describe.skipIf(!hasSocat)('commands on a virtual ArC ONE', () => {
  test('program, replay of its bytes, twin and ports', async () => {
    const { link, folder } = await arcOnTerminal();
    const target = join(folder, 'target.npy');
    await writeMatrix(target, targetsOf(geometry), [4, 4]);
    const out = join(folder, 'run');
    const trace = join(folder, 'bytes.trace');
    const port = ['--controller', 'arc-one', '--port', link, '--config', config];
    const common = ['--target', target, '--json'];
    const programmed = await runCli('program', ...port, ...common, '--out', out, '--trace', trace);
    expect(programmed.code).toBe(0);
    expect(JSON.parse(programmed.stdout)).toMatchObject({ status: 'done', converged: 16, cells: 16 });

    const again = join(folder, 'replayed');
    const replayed = await runCli(
      'replay',
      trace,
      '--plan',
      out,
      '--config',
      config,
      '--out',
      again,
      '--json',
    );
    expect(replayed.code).toBe(0);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ status: 'done', converged: 16 });

    const twin = await runCli('twin', ...port, ...common);
    expect(twin.code).toBe(0);
    expect(JSON.parse(twin.stdout)).toMatchObject({ status: 'done', largest: { what: expect.any(String) } });

    const ports = await runCli('ports', link, '--json');
    expect(JSON.parse(ports.stdout)).toMatchObject({
      ports: [{ path: link, answer: 'arc-one: ArC ONE, firmware 1.2' }],
    });
  });

  test('a trace that another plan made is not replayed', async () => {
    const { link, folder } = await arcOnTerminal();
    const targets = [targetsOf(geometry), targetsOf(geometry, 8)];
    const files = targets.map((_, index) => join(folder, `target${index}.npy`));
    for (const [index, file] of files.entries()) {
      await writeMatrix(file, targets[index]!, [4, 4]);
    }
    const trace = join(folder, 'bytes.trace');
    const program = ['program', '--config', config, '--json'];
    const onBoard = ['--controller', 'arc-one', '--port', link, '--trace', trace];
    await runCli(...program, ...onBoard, '--target', files[0]!, '--out', join(folder, 'board'));
    const other = join(folder, 'other');
    await runCli(...program, '--target', files[1]!, '--out', other);
    const replayed = await runCli(
      'replay',
      trace,
      '--plan',
      other,
      '--config',
      config,
      '--out',
      join(folder, 'r'),
    );
    expect(replayed.code).not.toBe(0);
    expect(replayed.stderr).toMatch(/the trace/u);
  });

  test('a missing port, and one that is no board, end with exit code 3', async () => {
    const { folder } = await arcOnTerminal();
    const target = join(folder, 'target.npy');
    await writeMatrix(target, targetsOf(geometry), [4, 4]);
    const program = ['program', '--controller', 'arc-one', '--config', config, '--target', target];
    const missing = await runCli(...program, '--port', join(folder, 'nothing'), '--out', join(folder, 'a'));
    expect(missing).toMatchObject({ code: 3 });
    expect(missing.stderr).toContain('there is no such port');
    const silent = await terminalOf({ receive: () => {}, attach: () => {} });
    const answer = await runCli(...program, '--port', silent.link, '--out', join(folder, 'b'));
    expect(answer).toMatchObject({ code: 3 });
  });
});

/** Text of a stream until it holds something. */
function waitFor(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (piece: Uint8Array) => {
      text += String(piece);
      if (pattern.test(text)) {
        resolve(text);
      }
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
}

test.skipIf(!hasSocat)(
  'virtual opens a terminal for every instrument, and takes them away on Ctrl+C',
  async () => {
    const link = scratchPath('bench');
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', 'virtual', 'bench-kit', '--link', link],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await waitFor(child, /ready/u)).toContain(
      `ready: virtual bench-kit at ${link} and ${link}-matrix, 6 x 1`,
    );
    expect([link, `${link}-matrix`].map((path) => existsSync(path))).toEqual([true, true]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect([link, `${link}-matrix`].map((path) => existsSync(path))).toEqual([false, false]);
  },
);
