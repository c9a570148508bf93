import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  parseTrace,
  traceHeader,
  traceLine,
  type TraceEntry,
} from '../../../../firmware-bridge/transport/byte-trace.ts';
import { MemoryStream } from '../../../../firmware-bridge/transport/memory-stream.ts';
import { readTraceFile, TraceFile } from '../../../../firmware-bridge/transport/trace-file.ts';
import { TraceReplayStream } from '../../../../firmware-bridge/transport/trace-replay-stream.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ohmloom-trace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'line.trace');
}

test('a trace reads back as it was written', () => {
  const at = fc.double({ min: 0, max: 1e6, noNaN: true });
  const passed = fc.record({
    at,
    to: fc.constantFrom('board' as const, 'host' as const),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }),
  });
  const entries = fc.array(fc.oneof(passed, fc.record({ at, ended: fc.string() })), { maxLength: 20 });
  fc.assert(
    fc.property(entries, (written: TraceEntry[]) => {
      const text = [traceHeader('arc-one', '/dev/x'), ...written.map(traceLine)].join('\n');
      expect(parseTrace(text, 't')).toEqual({ controller: 'arc-one', port: '/dev/x', entries: written });
    }),
  );
});

test.each([
  ['', 1],
  ['{"format":"ohmloom-run","version":1}', 1],
  [`${traceHeader('a', 'b')}\n{"at":0,"to":"board","hex":"3"}`, 2],
  [`${traceHeader('a', 'b')}\n{"at":0,"to":"board","hex":"31"}\n{"at":-1,"ended":""}`, 3],
  [`${traceHeader('a', 'b')}\nnot json`, 2],
])('what is no trace is refused with its line: %s', (text, line) => {
  expect(() => parseTrace(text, 'x.trace')).toThrow(`x.trace:${line}: not a byte trace of ohmloom`);
});

async function converse(stream: {
  write(bytes: Uint8Array, timeout: number): Promise<void>;
  read(count: number, timeout: number): Promise<Uint8Array>;
  readLine(timeout: number): Promise<string>;
}): Promise<unknown[]> {
  const found: unknown[] = [];
  await stream.write(Buffer.from('0\n'), 1);
  found.push(await stream.readLine(1));
  await stream.write(Buffer.from('1\n3\n'), 1);
  found.push(await stream.read(2, 1).catch((error: { code: string }) => error.code));
  await stream.write(Buffer.from('00\n'), 1);
  found.push([...(await stream.read(3, 1))]);
  return found;
}

test('a traced conversation is replayed with its answers and its silences, and nothing else', async () => {
  const path = scratch();
  const clock = new VirtualClock();
  const tap = TraceFile.create(path, 'toy', 'memory', clock);
  const stream: MemoryStream = new MemoryStream(
    'memory',
    (bytes) => {
      const answers = new Map([
        ['0\n', 'yes\n'],
        ['1\n3\n', 'a'],
        ['00\n', 'bc'],
      ]);
      stream.deliver(Buffer.from(answers.get(Buffer.from(bytes).toString()) ?? ''));
    },
    { clock, tap },
  );
  const live = await clock.run(converse(stream));
  await stream.close();
  expect(live).toEqual(['yes', 'no-answer', [97, 98, 99]]);

  const replay = new TraceReplayStream(readTraceFile(path));
  expect(await converse(replay)).toEqual(live);
  expect(replay.remaining).toBe(0);

  const other = new TraceReplayStream(readTraceFile(path));
  await other.write(Buffer.from('0\n'));
  await expect(other.write(Buffer.from('1\n4\n'))).rejects.toMatchObject({
    name: 'ReplayError',
    message: 'trace of memory: wrote byte 0x34 "4" at entry 2, the trace has byte 0x33 "3"',
  });
  expect(readFileSync(path, 'utf8').trim().split('\n').at(-1)).toContain('"ended"');
});

test('a trace does not overwrite a file', () => {
  const path = scratch();
  TraceFile.create(path, 'toy', 'memory', new VirtualClock());
  expect(() => TraceFile.create(path, 'toy', 'memory', new VirtualClock())).toThrow('cannot be written');
  expect(() => readTraceFile(`${path}.missing`)).toThrow('cannot be read');
});
