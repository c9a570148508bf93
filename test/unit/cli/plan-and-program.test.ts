import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMatrix, writeMatrix } from '../../../src/files/npy.ts';
import { filesBelow, runCli, scratchFolder } from './run-cli.ts';

const config = ['--config', 'examples/lab.yaml'];

async function targetIn(folder: string, data = Float64Array.of(7e-5, 7.5e-5, 8e-5, 8.5e-5)): Promise<string> {
  const path = join(folder, 'target.npy');
  await writeMatrix(path, data, [2, 2]);
  return path;
}

test('a plan is executed as it stands; one edited byte and every backend refuses it', async () => {
  const folder = scratchFolder();
  const plan = join(folder, 'plan');
  const planned = await runCli(
    'plan',
    '--target',
    await targetIn(folder),
    ...config,
    '--out',
    plan,
    '--json',
  );
  expect(planned.code).toBe(0);
  const { scheduleDigest, predicted } = JSON.parse(planned.stdout) as {
    scheduleDigest: string;
    predicted: object;
  };

  const run = join(folder, 'run');
  const done = await runCli('program', '--plan', plan, ...config, '--out', run, '--json');
  expect(done.code).toBe(0);
  expect(JSON.parse(done.stdout)).toMatchObject({ ...predicted, cells: 4, converged: 4, runFolder: run });
  const manifest = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as {
    digests: { schedule: string };
  };
  expect(manifest.digests.schedule).toBe(scheduleDigest);

  const schedule = join(plan, 'schedule.msgpack');
  const bytes = readFileSync(schedule);
  const at = bytes.indexOf(Buffer.from('tolerance')) + 'tolerance'.length + 8;
  bytes[at]! ^= 1;
  writeFileSync(schedule, bytes);
  const before = filesBelow(folder);
  for (const backend of [['simulated'], ['replay', '--recording', run]]) {
    const args = ['--plan', plan, ...config, '--backend', ...backend, '--out', join(folder, 'edited')];
    const refused = await runCli('program', ...args);
    expect(refused.stderr).toMatch(/error: certificate: scheduleDigest is .*, this schedule has/);
    expect(refused.code).toBe(1);
  }
  expect(filesBelow(folder)).toEqual(before);
});

test('a replay of a run gives its events byte for byte', async () => {
  const folder = scratchFolder();
  const target = await targetIn(folder);
  const first = join(folder, 'first');
  const second = join(folder, 'second');
  await runCli('program', '--target', target, ...config, '--out', first);
  const replay = ['--backend', 'replay', '--recording', first];
  expect((await runCli('program', '--target', target, ...config, ...replay, '--out', second)).code).toBe(0);
  expect(readFileSync(join(second, 'events.jsonl'))).toEqual(readFileSync(join(first, 'events.jsonl')));
});

test('targets outside the device are unreachable cells, not a failure of the others', async () => {
  const folder = scratchFolder();
  const target = await targetIn(folder, Float64Array.of(7e-5, 1e-6, 8e-5, 1e-2));
  const run = await runCli('program', '--target', target, ...config, '--out', join(folder, 'run'), '--json');
  expect(run.code).toBe(1);
  expect(JSON.parse(run.stdout)).toMatchObject({ cells: 4, converged: 2, unreachable: 2 });
});

test('--device replaces the configured device', async () => {
  const folder = scratchFolder();
  const run = join(folder, 'run');
  const target = await targetIn(folder, new Float64Array(4).fill(7e-5));
  await runCli(
    'program',
    '--target',
    target,
    ...config,
    '--device',
    'data-driven-2016/neuropack',
    '--out',
    run,
  );
  const manifest = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { device: object };
  expect(manifest.device).toMatchObject({ model: 'data-driven-2016', set: 'neuropack' });
});

test('a dry run executes and writes nothing', async () => {
  const folder = scratchFolder();
  const target = await targetIn(folder);
  const out = join(folder, 'run');
  const dry = await runCli('program', '--target', target, ...config, '--dry-run', '--out', out, '--json');
  expect(dry.code).toBe(0);
  expect(JSON.parse(dry.stdout)).toMatchObject({ status: 'dry-run', cells: 4, converged: 4 });
  expect(filesBelow(folder)).toEqual(['target.npy']);
});

test('read starts from what a run left, and finds it', async () => {
  const folder = scratchFolder();
  const run = join(folder, 'run');
  const again = join(folder, 'again');
  await runCli('program', '--target', await targetIn(folder), ...config, '--out', run);
  expect((await runCli('read', ...config, '--from', run, '--out', again)).code).toBe(0);
  const left = await readMatrix(join(run, 'conductances.npy'));
  const found = await readMatrix(join(again, 'conductances.npy'));
  for (const [index, conductance] of found.data.entries()) {
    expect(Math.abs(conductance / left.data[index]! - 1)).toBeLessThan(0.02);
  }
});

test('a run converts to text, JSON, VCD, PWL and CSV, as planned and as executed', async () => {
  const folder = scratchFolder();
  const run = join(folder, 'run');
  await runCli('program', '--target', await targetIn(folder), ...config, '--out', run);
  const expected = {
    text: /programVerify/,
    json: /"ohmloom-schedule"/,
    vcd: /\$enddefinitions/,
    pwl: /PWL\(/,
    csv: /programVerify/,
  };
  for (const [form, pattern] of Object.entries(expected)) {
    const { stdout, code } = await runCli('convert', run, '--to', form);
    expect({ form, code }).toEqual({ form, code: 0 });
    expect(stdout).toMatch(pattern);
  }
  const executed = (await runCli('convert', run, '--executed', '--to', 'csv', '--gap', '10 us')).stdout;
  expect(executed).not.toMatch(/programVerify/);
  expect(executed.match(/pulse/gu)?.length).toBeGreaterThan(4);
});

test('help, schema, doctor, devices and report answer', async () => {
  expect((await runCli('--help')).stdout).toContain('Exit codes: 0 done');
  expect(JSON.parse((await runCli('schema', 'lab')).stdout)).toMatchObject({
    properties: { program: { properties: { policy: { oneOf: { length: 4 } } } } },
  });
  expect(JSON.parse((await runCli('doctor', '--json', ...config)).stdout)).toMatchObject({
    nodeSupported: true,
  });
  expect((await runCli('devices', 'vteam/technion')).stdout).toMatch(/kOff +0.0005 +m s\^-1/);
  expect((await runCli('completion')).stdout).toContain('###-begin-ohmloom-completions-###');
  expect((await runCli('report', 'nowhere')).stderr).toContain('nowhere: there is no such folder');
  expect((await runCli()).code).toBe(2);
});
