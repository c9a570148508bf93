import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runTextClassification } from '../../../src/experiments/text-classification.ts';
import { loadRun } from '../../../src/files/load-run.ts';
import { loadLab } from '../../../src/lab/lab.ts';
import { writeReport } from '../../../src/report/write-report.ts';
import { RunControl } from '../../../src/run/run-control.ts';
import { scratchFolder } from '../cli/run-cli.ts';
import { sampleTexts } from './sample-texts.ts';

const lab = await loadLab('examples/text-classification.yaml');
const common = {
  data: sampleTexts(100, 40),
  lab,
  seed: 3,
  command: 'test',
  runs: 1,
  periphery: { readDisturb: false },
};

test(
  'both ways to spikes on the array classify what the classifier does, and leave whole records',
  { timeout: 240_000 },
  async () => {
    const out = join(scratchFolder(), 'run');
    const stages = new Set<string>();
    const shares: number[] = [];
    const { status, runs } = await runTextClassification({
      ...common,
      approaches: ['conversion', 'direct'],
      steps: 100,
      epochs: 8,
      out,
      control: new RunControl(),
      onProgress: (stage, done) => {
        stages.add(stage);
        shares.push(done);
      },
    });
    expect(status).toBe('done');
    expect([...stages]).toEqual(['train', 'program', 'classify', 'train on array']);
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
    const [{ annMean, converted, direct, thresholds }] = runs as [(typeof runs)[number]];
    expect(annMean).toBeGreaterThan(0.9);
    expect(converted!.test.accuracy).toBeGreaterThan(annMean - 0.1);
    expect(direct!.test.accuracy).toBeGreaterThan(0.8);
    expect(thresholds!.map(({ steps }) => steps)).toContain(100);

    const conversion = await loadRun(out);
    expect(conversion.manifest.summary).toEqual(converted!.summary);
    expect(conversion.results!.tables!.map(({ title }) => title)).toContain('Beside the published study');
    const training = await loadRun(join(out, 'training'));
    expect(training.manifest.summary).toEqual(direct!.summary);
    // 70 texts, 8 epochs, 500 updates an operation.
    expect(training.schedule.operations).toHaveLength(2);
    expect(readFileSync(await writeReport(out), 'utf8')).toContain('sample texts');
  },
);
