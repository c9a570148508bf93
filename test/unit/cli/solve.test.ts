import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, scratchFolder } from './run-cli.ts';

const example = join('examples', 'nodal', 'ideal-lines.json');
const other = join('examples', 'nodal', 'sense.json');

test('prints the answer of a case as one document', async () => {
  const { code, stdout } = await runCli('solve', example, '--json');
  const { vectors } = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(vectors[0].currentIntoEnd.wordRight).toBeNull();
  [9e-5, 1.2e-4, 1.5e-4].forEach((amperes, bit) => {
    expect(vectors[0].currentIntoEnd.bitBottom[bit]).toBeCloseTo(amperes, 15);
  });
});

test('prints the answers of several cases by file', async () => {
  const { stdout } = await runCli('solve', example, other, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ cases: [{ case: example }, { case: other }] });
  const { stdout: table } = await runCli('solve', example, other);
  expect(table).toMatch(/sense\.json\s+1\s+4 x 3\s+-164\.5 uA\s+open\s+open\s+164\.5 uA/u);
});

test('writes a file and keeps one that is there', async () => {
  const out = join(scratchFolder(), 'answer.json');
  const { code } = await runCli('solve', example, '--out', out);
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(out, 'utf8')).vectors).toHaveLength(1);
  const { code: again, stderr } = await runCli('solve', other, '--out', out);
  expect(again).toBe(2);
  expect(stderr).toContain(out);
});

test('solves a large case in single precision where that is asked for, and says so', async () => {
  const path = join(scratchFolder(), 'large.json');
  const lines = 24;
  const side = (volts: number) => ({
    volts: Array.from({ length: lines }, () => volts),
    seriesResistance: 0,
  });
  const large = {
    wordLines: lines,
    bitLines: lines,
    wordSegmentResistance: 1,
    bitSegmentResistance: 1,
    deviceResistance: Array.from({ length: lines }, () => Array.from({ length: lines }, () => 1e4)),
    vectors: [{ ends: { wordLeft: side(0.2), bitBottom: side(0) } }],
  };
  writeFileSync(path, JSON.stringify(large));
  const answers = await Promise.all(
    [[], ['--single']].map((flags) => runCli('solve', path, '--json', ...flags)),
  );
  const [exact, single] = answers.map(({ stdout }) => JSON.parse(stdout).vectors[0]);
  expect([exact.method, single.method]).toEqual(['iterative', 'single']);
  expect(single.currentIntoEnd.bitBottom[5] / exact.currentIntoEnd.bitBottom[5]).toBeCloseTo(1, 4);
});

test('a case that is missing is an error of its own', async () => {
  const { code, stderr } = await runCli('solve', 'nowhere.json');
  expect(code).toBe(2);
  expect(stderr).toMatch(/nowhere\.json: .*no such file/u);
});
