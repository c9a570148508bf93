import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadLifDigits } from '../../../src/experiments/lif-digits-data.ts';
import { runLifDigits } from '../../../src/experiments/lif-digits.ts';
import { trainWithoutArray } from '../../../src/experiments/lif-digits-training.ts';
import { loadRun } from '../../../src/files/load-run.ts';
import { withReadNoise, type SynapsePeriphery } from '../../../src/experiments/synapse-periphery.ts';
import { loadLab, type Lab } from '../../../src/lab/lab.ts';
import { RunControl } from '../../../src/run/run-control.ts';
import { scratchFolder } from '../cli/run-cli.ts';

const lab = await loadLab('examples/digits-lif.yaml');
const range = lab.config.program.range!;

/** Digits of the package, few enough for a test. */
async function someDigits(training: number, test: number) {
  const { title, train, test: held } = await loadLifDigits(undefined, undefined, 1);
  const first = ({ pixels, labels }: typeof train, count: number) => ({
    pixels: pixels.slice(0, count),
    labels: labels.slice(0, count),
  });
  return { title, train: first(train, training), test: first(held, test) };
}

test('a digit is the middle 22 x 22 pixels above half of full scale', async () => {
  const image = new Uint8Array(784);
  // Row 3, column 3 is the first pixel of the middle; row 2 is outside.
  image[3 * 28 + 3] = 128;
  image[3 * 28 + 4] = 127;
  image[24 * 28 + 24] = 255;
  image[2 * 28 + 3] = 255;
  const folder = scratchFolder();
  const [images, labels] = [join(folder, 'images'), join(folder, 'labels')];
  writeFileSync(
    images,
    Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28]), image]),
  );
  writeFileSync(labels, Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, 7]));
  const pair = { images, labels };
  const { train } = await loadLifDigits(pair, pair, 1);
  expect([...train.pixels[0]!]).toEqual([0, 483]);
  expect([...train.labels]).toEqual([7]);
  writeFileSync(labels, Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 7, 7]));
  await expect(loadLifDigits(pair, pair, 1)).rejects.toThrow(/1 images of 28 x 28 and 2 labels/u);
});

test('one error moves the weights of the set pixels by the rate times softmax less label', async () => {
  const pixels = [Uint16Array.of(3, 40, 41, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109)];
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, label) =>
      trainWithoutArray({ pixels, labels: Uint8Array.of(label) }, { min: 0, max: 1 }, 1),
    ),
  );
  const right = answers.findIndex(({ online }) => online === 1);
  const before = answers[right]!.conductances;
  const label = (right + 1) % 10;
  const change = answers[label]!.conductances.map((after, cell) => (after - before[cell]!) / 3.5e-6);
  // Membranes are millisiemens, so that softmax is all but even: 0.1 each.
  for (const [cell, moved] of change.entries()) {
    const set = pixels[0]!.includes(Math.floor(cell / 10));
    expect(moved).toBeCloseTo(set ? (cell % 10 === label ? 0.9 : -0.1) : 0, 3);
  }
});

test('read noise, converter and disturb are switches, and the report names them', async () => {
  const data = await someDigits(10, 20);
  const common = { data, seed: 1, tolerances: [], command: 'test', control: new RunControl() };
  const measured = async (chosen: Lab, periphery: SynapsePeriphery) => {
    const out = join(scratchFolder(), 'run');
    const { outcomes } = await runLifDigits({
      ...common,
      lab: chosen,
      periphery,
      out,
      onProgress: () => undefined,
    });
    const { secondsPerDigit: _, ...figures } = outcomes[1]!;
    return { figures, out };
  };
  const { figures: ideal } = await measured(lab, { readDisturb: false });
  // These devices rest at the read voltage.
  expect((await measured(lab, { readDisturb: true })).figures).toEqual(ideal);
  const noisy = withReadNoise(lab, { distribution: 'normal', relative: 0.1 });
  const all = await measured(noisy, { readDisturb: true, adcBits: 6 });
  expect(all.figures).not.toEqual(ideal);
  const { results } = await loadRun(all.out);
  const table = results!.tables!.find(({ title }) => title === 'Between cells and neurons')!;
  expect(table.rows.map(([, value]) => value)).toEqual([
    '200 mV for 1 us',
    'without resistance',
    'normal, 10 %',
    '6 bits behind each bit line',
    'yes',
  ]);
});

test(
  'a tight tolerance learns as numbers do, a loose one asks for no pulse, and the record is whole',
  { timeout: 240_000 },
  async () => {
    const out = join(scratchFolder(), 'run');
    const data = await someDigits(200, 500);
    const { status, outcomes } = await runLifDigits({
      data,
      lab,
      seed: 1,
      tolerances: [0.01, 0.05],
      periphery: { readDisturb: false },
      out,
      command: 'test',
      control: new RunControl(),
      onProgress: () => undefined,
    });
    expect(status).toBe('done');
    const [exact, tight, loose] = outcomes;
    expect(exact!.test).toBeGreaterThan(0.5);
    expect(tight!.test).toBeGreaterThan(exact!.test - 0.15);
    expect(loose!.summary!.pulses).toBe(0);
    expect(loose!.test).toBeLessThan(0.3);
    const run = await loadRun(out);
    expect(run.manifest.summary).toEqual(tight!.summary);
    const { min, max } = range;
    expect(run.conductances.every((value) => value > 0.98 * min && value < 1.02 * max)).toBe(true);
    expect(run.results!.tables!.map(({ title }) => title)).toContain('Beside the published demonstration');
  },
);
