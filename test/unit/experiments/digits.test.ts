import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runDigits, splitDigits } from '../../../src/experiments/digits.ts';
import { loadRun } from '../../../src/files/load-run.ts';
import { loadLab } from '../../../src/lab/lab.ts';
import { RunControl } from '../../../src/run/run-control.ts';
import { filesBelow, scratchFolder } from '../cli/run-cli.ts';

test('the split keeps every digit once and holds out 2,000', () => {
  const { training, heldOut } = splitDigits(7);
  expect(training.labels).toHaveLength(8000);
  expect(heldOut.labels).toHaveLength(2000);
  const counts = Array.from({ length: 10 }, () => 0);
  for (const label of [...training.labels, ...heldOut.labels]) {
    counts[label]!++;
  }
  // Class counts of the first 10,000 MNIST training labels.
  expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
  expect(training.width).toBe(14 * 14 + 1);
});

test(
  'the programmed array classifies within a point of float, and leaves a whole record',
  { timeout: 240_000 },
  async () => {
    const out = join(scratchFolder(), 'run');
    const stages = new Set<string>();
    const result = await runDigits({
      lab: await loadLab('examples/lab.yaml'),
      seed: 7,
      out,
      command: 'test',
      control: new RunControl(),
      onProgress: (stage, done) => {
        expect(done).toBeGreaterThan(0);
        expect(done).toBeLessThanOrEqual(1);
        stages.add(stage);
      },
    });
    expect([...stages]).toEqual(['train', 'program', 'classify']);
    expect(result.accuracyFloat).toBeGreaterThan(0.9);
    expect(result.accuracyProgrammed).toBeGreaterThan(result.accuracyFloat - 0.01);
    expect(result.summary.cells).toBe(197 * 20);
    expect(result.summary.converged).toBeGreaterThan(0.995 * result.summary.cells);

    const run = await loadRun(out);
    expect(run.results?.figures[0]?.value).toBe(result.accuracyProgrammed);
    expect(filesBelow(out)).toContain('events.jsonl');
    const lines = readFileSync(join(out, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(run.schedule.operations.length);
  },
);
