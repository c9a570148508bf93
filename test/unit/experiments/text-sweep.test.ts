import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runTextSweep, type TextSweepOptions } from '../../../src/experiments/text-sweep.ts';
import { ConfigError } from '../../../src/errors.ts';
import { loadLab } from '../../../src/lab/lab.ts';
import { writeResultsReport } from '../../../src/report/write-results-report.ts';
import { RunControl } from '../../../src/run/run-control.ts';
import { scratchFolder } from '../cli/run-cli.ts';
import { sampleTexts } from './sample-texts.ts';

const lab = await loadLab('examples/text-classification.yaml');

function sweep(out: string, options: Partial<TextSweepOptions>) {
  return runTextSweep({
    data: sampleTexts(100, 40),
    lab,
    seed: 1,
    runs: 1,
    approaches: ['conversion'],
    settings: ['tolerance'],
    steps: 50,
    epochs: 4,
    periphery: { readDisturb: false },
    out,
    control: new RunControl(),
    onProgress: () => undefined,
    ...options,
  });
}

/** Rows without their header, by tolerance. */
function rowsOf(out: string): Record<string, { accuracy: number; pulses: number }> {
  const [, ...lines] = readFileSync(join(out, 'sweep.csv'), 'utf8').trimEnd().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const values = line.split(',');
      return [values[4], { accuracy: Number(values[6]), pulses: Number(values[7]) }];
    }),
  );
}

test(
  'a tolerance so loose that no wish of training is outside asks for no pulse, and accuracy stays at chance',
  { timeout: 240_000 },
  async () => {
    const out = join(scratchFolder(), 'sweep');
    const { status, results } = await sweep(out, { approaches: ['direct'] });
    expect(status).toBe('done');
    const { '0.005': usual, '0.3': loose } = rowsOf(out);
    expect(usual!.pulses).toBeGreaterThan(1000);
    expect(usual!.accuracy).toBeGreaterThan(0.9);
    expect(loose).toEqual({ accuracy: 0.5, pulses: 0 });
    const [curve] = results.curves!;
    expect(curve!.curves[0]!.points.map(({ x }) => x)).toEqual([
      '0.1 %',
      '0.2 %',
      '0.5 %',
      '1 %',
      '2 %',
      '5 %',
      '10 %',
      '30 %',
      '100 %',
    ]);
    expect(readFileSync(await writeResultsReport(out, results), 'utf8')).toContain('trained on the array');
  },
);

test(
  'a sweep that was cut off goes on where it stood, and ends like one that was not',
  { timeout: 240_000 },
  async () => {
    const [cut, whole] = [join(scratchFolder(), 'a'), join(scratchFolder(), 'b')];
    const control = new RunControl();
    const stopped = await sweep(cut, { control, onProgress: (done) => done === 3 && control.requestPause() });
    expect(stopped.status).toBe('interrupted');
    expect(Object.keys(rowsOf(cut))).toHaveLength(3);
    await sweep(cut, {});
    await sweep(whole, {});
    for (const file of ['sweep.csv', 'sweep.json', 'results.json']) {
      expect(readFileSync(join(cut, file), 'utf8')).toBe(readFileSync(join(whole, file), 'utf8'));
    }
    await expect(sweep(cut, { steps: 60 })).rejects.toThrow(/a sweep with other texts or settings/u);
  },
);

test('both approaches and several seeds make two curves of means, whenever the sweep was cut off', async () => {
  const [cut, whole] = [join(scratchFolder(), 'a'), join(scratchFolder(), 'b')];
  const both: Partial<TextSweepOptions> = {
    data: sampleTexts(30, 20),
    approaches: ['conversion', 'direct'],
    settings: ['maxPulses'],
    runs: 2,
    epochs: 1,
  };
  const control = new RunControl();
  // The ninth measurement is one of training on the array with the first seed.
  await sweep(cut, { ...both, control, onProgress: (done) => done === 9 && control.requestPause() });
  await sweep(cut, both);
  const { results } = await sweep(whole, both);
  expect(readFileSync(join(cut, 'sweep.csv'), 'utf8')).toBe(readFileSync(join(whole, 'sweep.csv'), 'utf8'));
  const [, ...lines] = readFileSync(join(whole, 'sweep.csv'), 'utf8').trimEnd().split('\n');
  const measured = lines.map((line) => line.split(','));
  expect(results.tables!.at(-1)!.title).toBe('Between cells and neurons');
  const [{ curves }] = results.curves as [NonNullable<typeof results.curves>[number]];
  expect(curves.map(({ name }) => name)).toEqual(['converted', 'trained on the array']);
  for (const [at, approach] of ['conversion', 'direct'].entries()) {
    expect(curves[at]!.points.map(({ x }) => x)).toEqual(['1', '2', '3', '5', '10', '20']);
    for (const { x, y, low, high } of curves[at]!.points) {
      const found = measured
        .filter((row) => row[0] === approach && row[5] === x)
        .map((row) => Number(row[6]));
      expect(found).toHaveLength(2);
      expect(y).toBeCloseTo((found[0]! + found[1]!) / 2, 12);
      expect([low, high]).toEqual([Math.min(...found), Math.max(...found)]);
    }
  }
});

test('a folder that holds something else is refused', async () => {
  const out = scratchFolder();
  writeFileSync(join(out, 'mine.txt'), '');
  await expect(sweep(out, {})).rejects.toThrow(ConfigError);
});
