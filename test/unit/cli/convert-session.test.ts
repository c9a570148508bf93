import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseSession } from '../../../firmware-bridge/arc-one/session-csv.ts';
import { decodeMatrix, encodeMatrix } from '../../../src/files/npy.ts';
import { decodeNpz, encodeNpz } from '../../../src/files/npz.ts';
import { runCli, scratchFolder } from './run-cli.ts';

const columns = 'Wordline,Bitline,Resistance,Amplitude (V),Pulse width (s),Tag,ReadTag,ReadVoltage';

/** Texts that no writer of ours makes, and that must come back all the same. */
const sessions = {
  'as the program saves it': `a\r\nb\r\n${columns}\r\n1,1,12963.4296875,0.2,0.0,S R2 V=0.2,R2,0.2\r\n`,
  'other ends of lines and numbers': `a\nb\r\n${columns}\n3,7,1.0E+4,+.5,1E-6,UNKNOWN_9,R2.0,00.5\n"32","32",1,2,3,"x, y",,`,
  'not UTF-8': `Ger\u00e4t\r\nM\u00e4rz\r\n${columns}\r\n1,2,1.0,1.0,0.0,P,R2,0.2\r\n`,
  'no rows': `a\r\nb\r\n${columns}\r\n`,
};

describe.each(Object.entries(sessions))('a session: %s', (_, text) => {
  const bytes = Buffer.from(text, 'latin1');

  test.each([
    ['plain', bytes, 'session.csv'],
    ['packed', gzipSync(bytes), 'session.csv.gz'],
  ])('%s, to arrays and back, byte for byte', async (_form, file, name) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, name), file);
    expect(await runCli('convert', join(folder, name), '--to', 'npz')).toMatchObject({ code: 0 });
    const arrays = join(folder, 'session.npz');
    const back = join(folder, 'back.csv');
    expect(await runCli('convert', arrays, '--to', 'csv', '--output', back)).toMatchObject({ code: 0 });
    expect(readFileSync(back)).toEqual(bytes);
  });
});

test('the arrays are those of the session', async () => {
  const folder = scratchFolder();
  const path = join(folder, 's.csv');
  writeFileSync(path, sessions['other ends of lines and numbers']);
  await runCli('convert', path, '--to', 'npz');
  const members = decodeNpz(readFileSync(join(folder, 's.npz')), 's.npz');
  const array = (name: string) => [...decodeMatrix(members.get(name)!, name).data];
  expect(array('word.npy')).toEqual([2, 31]);
  expect(array('bit.npy')).toEqual([6, 31]);
  expect(array('ohms.npy')).toEqual([1e4, 1]);
  expect(array('width.npy')).toEqual([1e-6, 3]);
});

test('arrays that were changed are no session any more', async () => {
  const folder = scratchFolder();
  const path = join(folder, 's.csv');
  writeFileSync(path, sessions['as the program saves it']);
  await runCli('convert', path, '--to', 'npz');
  const members = Object.fromEntries(decodeNpz(readFileSync(join(folder, 's.npz')), 's.npz'));
  const change = (name: string, changed: Record<string, Uint8Array>) => {
    const file = join(folder, name);
    writeFileSync(file, encodeNpz(changed));
    return runCli('convert', file, '--to', 'csv');
  };
  const other = encodeMatrix(Float64Array.of(1), [1], 'ohms');
  expect((await change('1.npz', { ...members, 'ohms.npy': other })).stderr).toContain(
    'found ohms.npy that is not',
  );
  expect((await change('2.npz', { ...members, 'more.npy': other })).stderr).toContain('found 10 members');
  const { 'session.csv': _, ...arrays } = members;
  expect((await change('3.npz', arrays)).stderr).toContain('found no "session.csv"');
});

test('a run is written as a session of its reads and pulses', async () => {
  const folder = scratchFolder();
  const target = join(folder, 't.npy');
  writeFileSync(target, encodeMatrix(Float64Array.of(7e-5, 8e-5, 8.5e-5, 7.5e-5), [2, 2], 't'));
  const run = join(folder, 'run');
  await runCli('program', '--config', 'examples/lab.yaml', '--target', target, '--out', run, '--quiet');
  const { stdout, code } = await runCli('convert', run, '--to', 'session');
  expect(code).toBe(0);
  const { rows } = parseSession(stdout, 'stdout');
  const pulses = rows.filter(({ tag }) => tag === 'P');
  const { summary } = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as {
    summary: { pulses: number };
  };
  expect(pulses).toHaveLength(summary.pulses);
  expect(pulses.every(({ width, ohms }) => width > 0 && ohms > 1e3)).toBe(true);
  expect(rows.map(({ cell }) => 2 * cell.word + cell.bit)).toEqual(
    rows.map(({ cell }) => 2 * cell.word + cell.bit).sort((a, b) => a - b),
  );
});

test.each([
  ['s.csv', 'vcd', 'expected --to npz'],
  ['s.npz', 'npz', 'expected --to csv'],
  ['run', 'npz', 'expected --to session'],
  ['missing.csv', 'npz', 'there is no such file'],
  ['bomb.csv', 'npz', 'cannot be unpacked'],
])('%s --to %s', async (name, to, message) => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 's.csv'), 'x');
  writeFileSync(join(folder, 's.npz'), 'x');
  writeFileSync(join(folder, 'bomb.csv'), Buffer.concat([gzipSync(Buffer.alloc(1000)).subarray(0, 20)]));
  mkdirSync(join(folder, 'run'));
  const { stderr, code } = await runCli('convert', join(folder, name), '--to', to);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
