import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeMatrix, writeMatrix } from '../../../src/files/npy.ts';
import { filesBelow, runCli, scratchFolder } from './run-cli.ts';

/** A folder with a good configuration, its limits and a good target. */
async function goodInputs(): Promise<string> {
  const folder = scratchFolder();
  cpSync('examples/lab.yaml', join(folder, 'lab.yaml'));
  cpSync('examples/soa-tiox.yaml', join(folder, 'soa-tiox.yaml'));
  await writeMatrix(join(folder, 'target.npy'), new Float64Array(4).fill(7e-5), [2, 2]);
  return folder;
}

function program(folder: string, ...more: string[]) {
  return runCli(
    'program',
    '--target',
    join(folder, 'target.npy'),
    '--config',
    join(folder, 'lab.yaml'),
    '--out',
    join(folder, 'run'),
    ...more,
  );
}

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

interface BadCase {
  readonly name: string;
  readonly damage: (folder: string) => void | Promise<void>;
  readonly flags?: readonly string[];
  readonly code: number;
  readonly message: RegExp;
}

const target = (data: Float64Array, shape: readonly number[]) => (folder: string) =>
  writeFileSync(join(folder, 'target.npy'), encodeMatrix(data, shape, 'target.npy'));

const lab = (from: string, to: string) => (folder: string) => edit(join(folder, 'lab.yaml'), from, to);
const limits = (from: string, to: string) => (folder: string) =>
  edit(join(folder, 'soa-tiox.yaml'), from, to);

const cases: readonly BadCase[] = [
  {
    name: 'a target that is missing',
    damage: () => {},
    flags: ['--target', 'nowhere.npy'],
    code: 2,
    message: /nowhere\.npy: .*no such file/,
  },
  {
    name: 'a target that is not a .npy',
    damage: (folder) => writeFileSync(join(folder, 'target.npy'), 'hello'),
    code: 2,
    message: /target\.npy: /,
  },
  {
    name: 'NaN in the target',
    damage: target(Float64Array.of(7e-5, Number.NaN, 7e-5, 7e-5), [2, 2]),
    code: 2,
    message: /target\.npy: .*NaN/,
  },
  {
    name: 'Infinity in the target',
    damage: target(Float64Array.of(7e-5, Infinity, 7e-5, 7e-5), [2, 2]),
    code: 2,
    message: /target\.npy: .*Infinity/,
  },
  {
    name: 'a negative target',
    damage: target(Float64Array.of(7e-5, 7e-5, -1, 7e-5), [2, 2]),
    code: 2,
    message: /targets: found -1 at \[1, 0\], expected a positive finite conductance/,
  },
  {
    name: 'a target that is a vector',
    damage: target(new Float64Array(4).fill(7e-5), [4]),
    code: 2,
    message: /found shape \(4\), expected a matrix/,
  },
  {
    name: 'a target of another shape than the configured array',
    damage: lab('array:\n', 'array:\n  wordLines: 3\n  bitLines: 2\n'),
    code: 2,
    message: /targets: found 2 x 2, the configured array has 3 x 2/,
  },
  {
    name: 'an unknown configuration key',
    damage: lab('cycleToCycle', 'cycleToCicle'),
    code: 2,
    message: /lab\.yaml:\d+:\d+: array\.cycleToCicle: .*cycleToCycle/,
  },
  {
    name: 'a bare number where a unit is due',
    damage: lab('gap: 10 us', 'gap: 10'),
    code: 2,
    message: /lab\.yaml:\d+:\d+: controller\.gap: .*unit/,
  },
  {
    name: 'a SPICE suffix',
    damage: lab('10 kohm', '10k'),
    code: 2,
    message: /lab\.yaml:\d+:\d+: controller\.transimpedance.*"10k"/,
  },
  {
    name: 'a number beyond all doubles',
    damage: lab('tolerance: 0.01', 'tolerance: 1e999'),
    code: 2,
    message: /lab\.yaml:\d+:\d+: .*(finite|Infinity|1e999)/,
  },
  {
    name: 'a policy that does not exist',
    damage: lab('name: model-predictive', 'name: model-predictiv'),
    code: 2,
    message: /program\.policy\.name: found "model-predictiv", expected one of/,
  },
  {
    name: 'limits with one missing',
    damage: limits('  unselected: 0.45 V\n', ''),
    code: 2,
    message: /soa-tiox\.yaml.*voltage\.unselected/,
  },
  {
    name: 'a program beyond its limits',
    damage: limits('pulse: { positive: 0.85 V', 'pulse: { positive: 0.75 V'),
    code: 1,
    message: /operation 0 \(w0 b0\): voltage\.pulse\.positive would be .*, allowed 750 mV/,
  },
  {
    name: 'an unknown device',
    damage: () => {},
    flags: ['--device', 'vteem'],
    code: 2,
    message: /device model: found "vteem", expected one of .*vteam/,
  },
  {
    name: 'a seed that is not an integer',
    damage: () => {},
    flags: ['--seed', '1.5'],
    code: 2,
    message: /--seed: found "1\.5", expected an integer/,
  },
  {
    name: 'a flag given twice',
    damage: () => {},
    flags: ['--seed', '1', '--seed', '2'],
    code: 2,
    message: /--seed: found 2 times, expected once/,
  },
  {
    name: 'an unknown flag',
    damage: () => {},
    flags: ['--tolerence', '1'],
    code: 2,
    message: /Unknown argument: tolerence/,
  },
];

describe('one error, the right exit code, and nothing is written', () => {
  test.each(cases)('$name', async ({ damage, flags = [], code, message }) => {
    const folder = await goodInputs();
    await damage(folder);
    const before = filesBelow(folder);
    const kept = await (flags[0] === '--target' ? replaceTarget(folder, flags) : program(folder, ...flags));
    expect(kept.stderr.match(/^error: /gmu)).toHaveLength(1);
    expect(kept.stderr).toMatch(message);
    expect(kept.stderr).not.toContain('    at ');
    expect(kept.stdout).toBe('');
    expect(kept.code).toBe(code);
    expect(filesBelow(folder)).toEqual(before);
  });
});

function replaceTarget(folder: string, flags: readonly string[]) {
  return runCli('program', ...flags, '--config', join(folder, 'lab.yaml'), '--out', join(folder, 'run'));
}

test('a folder that already holds a run is refused and left as it is', async () => {
  const folder = await goodInputs();
  expect((await program(folder)).code).toBe(0);
  const manifest = readFileSync(join(folder, 'run', 'manifest.json'));
  const again = await program(folder);
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(/run: found a run in the folder, expected an empty or new folder/);
  expect(readFileSync(join(folder, 'run', 'manifest.json'))).toEqual(manifest);
});

test.skipIf(process.getuid?.() === 0)('a read-only folder is refused', async () => {
  const folder = await goodInputs();
  mkdirSync(join(folder, 'locked'));
  chmodSync(join(folder, 'locked'), 0o555);
  const result = await program(folder, '--out', join(folder, 'locked', 'run'));
  expect(result.code).toBe(2);
  expect(result.stderr).toMatch(/cannot be created: permission denied/);
});

test('with --json the error is the one document on stdout', async () => {
  const folder = await goodInputs();
  const { stdout, code } = await program(folder, '--seed', 'x', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: 'UsageError', code: 'seed' });
});
