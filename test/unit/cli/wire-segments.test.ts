import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMatrix, writeMatrix } from '../../../src/files/npy.ts';
import { runCli, scratchFolder } from './run-cli.ts';

interface Done {
  readonly config: { readonly array: Readonly<Record<string, number>> };
  readonly summary: { readonly energyJoules: number };
}

async function program(folder: string, name: string, ...flags: string[]) {
  const target = join(folder, 'target.npy');
  await writeMatrix(target, new Float64Array(24).fill(7e-5), [6, 4]);
  const out = join(folder, name);
  const args = ['--target', target, '--config', 'examples/lab.yaml', '--out', out];
  const result = await runCli('program', ...args, ...flags);
  return { ...result, manifest: () => JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Done };
}

test('wires with resistance take their part of every pulse, and the record says so', async () => {
  const folder = scratchFolder();
  const ideal = await program(folder, 'ideal');
  const wired = await program(folder, 'wired', '--word-segment', '20ohm', '--bit-segment', '30 ohm');
  expect(ideal.manifest().config.array['wordSegmentResistance']).toBe(0);
  expect(wired.manifest().config.array).toMatchObject({
    wordSegmentResistance: 20,
    bitSegmentResistance: 30,
  });
  expect(wired.manifest().summary.energyJoules).not.toBe(ideal.manifest().summary.energyJoules);
});

test('the drop of a run is mapped, with its wires or others', async () => {
  const folder = scratchFolder();
  const { stderr } = await program(folder, 'run', '--word-segment', '20 ohm', '--bit-segment', '30 ohm');
  expect(stderr).not.toContain('error');
  const run = join(folder, 'run');
  const out = join(folder, 'drop.npy');
  const mapped = await runCli('map', '--ir-drop', run, '--out', out, '--json');
  const { meanLost, worst } = JSON.parse(mapped.stdout) as { meanLost: number; worst: { lost: number } };
  expect(worst).toMatchObject({ word: 0, bit: 3 });
  expect(worst.lost).toBeGreaterThan(meanLost);
  const { data, shape } = await readMatrix(out);
  expect(shape).toEqual([6, 4]);
  expect(data[3]).toBe(worst.lost);
  const ideal = await runCli('map', '--ir-drop', run, '--word-segment', '0 ohm', '--bit-segment', '0 ohm');
  expect(ideal.stdout).toMatch(/lost {4}0\.0 % of the voltage/u);
});

test.each([
  ['20', /--word-segment: found "20", expected the unit ohm/u],
  ['-20 ohm', /word-line segments: resistance is -20 ohm/u],
])('a segment of %s is refused before anything is written', async (segment, message) => {
  const { code, stderr } = await program(scratchFolder(), 'run', '--word-segment', segment);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
