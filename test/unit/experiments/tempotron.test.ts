import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadTempotronData } from '../../../src/experiments/tempotron-data.ts';
import { freshPairs, pairWeights } from '../../../src/experiments/tempotron-training.ts';
import { runTempotron } from '../../../src/experiments/tempotron.ts';
import { loadRun } from '../../../src/files/load-run.ts';
import { loadLab, type Lab } from '../../../src/lab/lab.ts';
import { RandomStream } from '../../../src/random.ts';
import { writeReport } from '../../../src/report/write-report.ts';
import { RunControl } from '../../../src/run/run-control.ts';
import { runCli, scratchFolder } from '../cli/run-cli.ts';

const lab = await loadLab('examples/tempotron.yaml');

/** Cases in the published format: features of malignant ones are larger. */
function sampleFile(cases: number): string {
  const random = new RandomStream(4, 'cases');
  const lines = Array.from({ length: cases }, (_, index) => {
    const malignant = index % 3 === 0;
    const features = Array.from(
      { length: 9 },
      (_, feature) => (malignant ? 4 : 1) + random.integer(malignant ? 7 : 5, index, feature),
    );
    return [index, ...features, malignant ? 4 : 2].join(',');
  });
  const path = join(scratchFolder(), 'cases.data');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function run(chosen: Lab, epochs: number, control = new RunControl()) {
  const data = await loadTempotronData(sampleFile(200), 1);
  const out = join(scratchFolder(), 'run');
  const common = { command: 'test', control, onProgress: () => undefined };
  return { out, data, result: await runTempotron({ data, lab: chosen, seed: 1, epochs, out, ...common }) };
}

test('a feature is two spikes, early where it is large and early where it is small; a missing one is none', async () => {
  const path = join(scratchFolder(), 'cases.data');
  writeFileSync(path, '7,10,1,4,?,5,5,5,5,5,4\n'.repeat(10));
  const { training, test: held, inputs } = await loadTempotronData(path, 1);
  expect([training.length, held.length, inputs]).toEqual([7, 3, 18]);
  const { pattern, fires } = training[0]!;
  expect(fires).toBe(true);
  const times = new Map(Array.from(pattern.inputs, (input, spike) => [input, pattern.times[spike]!]));
  // 10 spikes at once on the first input, and never on its second.
  expect(times.get(0)).toBe(0);
  expect(times.has(9)).toBe(false);
  expect(times.has(1)).toBe(false);
  expect(times.get(10)).toBe(0);
  expect(times.get(2)).toBeCloseTo(20e-3 * (2 / 3), 12);
  expect(times.get(11)).toBeCloseTo(20e-3 / 3, 12);
  expect(times.has(3)).toBe(false);
  expect(times.has(12)).toBe(false);
  expect(times.size).toBe(2 * 9 - 4);
});

test('the tempotron learns on cells what it learns in numbers, and the record is whole', async () => {
  const { out, data, result } = await run(lab, 15);
  const { status, float, onArray } = result;
  expect(status).toBe('done');
  expect(float.test).toBeGreaterThan(0.9);
  expect(onArray!.test).toBeGreaterThan(float.test - 0.07);
  expect(onArray!.errors[0]).toBeGreaterThan(2 * onArray!.errors.at(-1)!);
  expect(onArray!.summary.pulses).toBeGreaterThan(100);
  const spikes = data.test.reduce((sum, { pattern }) => sum + pattern.inputs.length, 0);
  expect(onArray!.spikesPerCase).toBeCloseTo(spikes / data.test.length, 12);
  const recorded = await loadRun(out);
  expect(recorded.manifest.summary).toEqual(onArray!.summary);
  expect(recorded.schedule.operations.length).toBe(Math.ceil((15 * data.training.length) / 1000));
  expect(readFileSync(await writeReport(out), 'utf8')).toContain('Wrong cases in each pass of training');
});

test('where no wish is outside the tolerance, no pulse is made and nothing is learnt', async () => {
  const loose = { ...lab, config: { ...lab.config, program: { ...lab.config.program, tolerance: 0.5 } } };
  const { onArray } = (await run(loose, 3)).result;
  expect(onArray!.summary.pulses).toBe(0);
  expect(new Set(onArray!.errors).size).toBe(1);
});

test('an interrupted run says so and has no figures of the array', async () => {
  const control = new RunControl();
  control.requestPause();
  const { status, onArray } = (await run(lab, 3, control)).result;
  expect(status).toBe('interrupted');
  expect(onArray).toBeUndefined();
});

test('weights are differences of pairs over the range', () => {
  const [first, second] = pairWeights(Float64Array.of(3e-4, 1e-4, 1e-4, 2e-4), { min: 5e-5, max: 4.5e-4 });
  expect(first).toBeCloseTo(0.5, 12);
  expect(second).toBeCloseTo(-0.25, 12);
  const fresh = freshPairs(200, 1).map((conductance) => 1 / conductance);
  expect(Math.min(...fresh)).toBeGreaterThanOrEqual(7000);
  expect(Math.max(...fresh)).toBeLessThanOrEqual(15_000);
});

test('without its file the command says where it is published', async () => {
  const { code, stderr } = await runCli('experiment', 'tempotron');
  expect(code).toBe(2);
  expect(stderr).toMatch(/found no --data[\s\S]*archive\.ics\.uci\.edu/u);
  const missing = await runCli('experiment', 'tempotron', '--data', '/nowhere.data');
  expect(missing.code).toBe(2);
  expect(missing.stderr).toMatch(/nowhere\.data: cannot be read[\s\S]*archive\.ics\.uci\.edu/u);
});
