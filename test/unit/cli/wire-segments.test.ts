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

test('what sneaks past the cells of a run is mapped, under the scheme of its reads or another', async () => {
  const folder = scratchFolder();
  await program(folder, 'run', '--word-segment', '20 ohm', '--bit-segment', '30 ohm');
  const run = join(folder, 'run');
  const sneak = async (...flags: string[]) => {
    const { code, stdout } = await runCli('map', '--sneak', run, ...flags, '--json');
    expect(code).toBe(0);
    return JSON.parse(stdout) as {
      bias: string;
      meanSneak: number;
      worst: { word: number; bit: number; sneak: number };
      wordLineWattsAtOneVolt: number[];
      bitLineWattsAtOneVolt: number[];
    };
  };
  const grounded = await sneak();
  expect(grounded.bias).toBe('grounded');
  expect(grounded).toEqual(await sneak('--bias', 'grounded'));
  // Six cells of nearly 70 uS on a bit line, five of them at half the voltage; 24 / 9 of them between floating lines.
  const ideal = ['--word-segment', '0 ohm', '--bit-segment', '0 ohm'];
  expect((await sneak('--bias', 'half', ...ideal)).meanSneak).toBeCloseTo(5 / 2, 1);
  const out = join(folder, 'sneak.npy');
  const floating = await sneak('--bias', 'floating', '--out', out, ...ideal);
  expect(floating.meanSneak).toBeCloseTo(24 / 9 - 1, 1);
  expect(floating.wordLineWattsAtOneVolt).toHaveLength(6);
  expect(Math.max(...floating.bitLineWattsAtOneVolt)).toBeCloseTo((7e-5 * 24) / 9, 5);
  const { data, shape } = await readMatrix(out);
  expect(shape).toEqual([6, 4]);
  expect(data[floating.worst.word * 4 + floating.worst.bit]).toBe(floating.worst.sneak);
  const { stdout } = await runCli('map', '--sneak', run, '--bias', 'third');
  expect(stdout).toMatch(
    /unselected lines: third\nsneak {3}\d+\.\d % of a cell's own current .*\npower {3}at 1 V \d\.\d\de-\d W of w\d/u,
  );
});

test.each([
  [['--sneak', 'run', '--ir-drop', 'run'], /mutually exclusive/u],
  [['--ir-drop', 'run', '--bias', 'half'], /mutually exclusive/u],
  [['--sneak', 'run', '--bias', 'quarter'], /Given: "quarter", Choices: "grounded", "half", "third"/u],
  [[], /found neither --ir-drop nor --sneak/u],
])('map refuses %j', async (flags, message) => {
  const { code, stderr } = await runCli('map', ...flags);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test.each([
  ['20', /--word-segment: found "20", expected the unit ohm/u],
  ['-20 ohm', /word-line segments: resistance is -20 ohm/u],
])('a segment of %s is refused before anything is written', async (segment, message) => {
  const { code, stderr } = await program(scratchFolder(), 'run', '--word-segment', segment);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
