import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { loadLifDigits, type IdxPair } from '../experiments/lif-digits-data.ts';
import { runLifDigits, type LifOutcome } from '../experiments/lif-digits.ts';
import { packageRoot } from '../files/package-info.ts';
import { loadLab } from '../lab/lab.ts';
import { writeReport } from '../report/write-report.ts';
import { RunControl } from '../run/run-control.ts';
import { defaultRunFolder } from './default-run-folder.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { parsePeriphery, withPeriphery, type PeripheryFlags } from './periphery-choice.ts';
import { Progress } from './progress.ts';

interface LifDigitsFlags extends PeripheryFlags {
  readonly train: readonly string[] | undefined;
  readonly test: readonly string[] | undefined;
  readonly tolerance: readonly string[] | undefined;
  readonly config: string | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly quiet: boolean;
}

/** Tolerances that were published. */
const publishedTolerances = ['0.001', '0.01', '0.02', '0.03'];

/** NeuroPack's digits from flags to the figures that are printed. */
export async function runLifDigitsCommand(flags: LifDigitsFlags, output: Output) {
  const { seed } = flags;
  const tolerances = (flags.tolerance ?? publishedTolerances).map(parseTolerance);
  const config = flags.config ?? join(packageRoot(), 'examples', 'digits-lif.yaml');
  const lab = withPeriphery(await loadLab(config), flags);
  const data = await loadLifDigits(pairOf('train', flags.train), pairOf('test', flags.test), seed);
  const out = flags.out ?? defaultRunFolder('digits-lif');
  const control = new RunControl();
  const progress = new Progress(!flags.quiet && !output.json);
  const stopListening = listenForInterrupt(control, output);
  try {
    const { status, outcomes } = await runLifDigits({
      data,
      lab,
      seed,
      tolerances,
      periphery: parsePeriphery(flags),
      out,
      command: 'ohmloom experiment digits-lif',
      control,
      onProgress: (stage, done) => progress.update(stage, done),
    });
    progress.stop();
    const report = await writeReport(out);
    const text = [...outcomes.map(outcomeLine), `run        ${out}`, `report     ${report}`].join('\n');
    return { status, document: { status, data: data.title, outcomes, runFolder: out }, text };
  } finally {
    progress.stop();
    stopListening();
  }
}

/** @throws UsageError unless there are an image file and a label file */
function pairOf(flag: string, files: readonly string[] | undefined): IdxPair | undefined {
  if (files === undefined) {
    return undefined;
  }
  const [images, labels] = files;
  if (images === undefined || labels === undefined || files.length !== 2) {
    throw new UsageError(
      flag,
      `--${flag}: found ${files.length} files, expected two IDX files: images, then labels`,
    );
  }
  return { images, labels };
}

/** @throws UsageError unless the text is a number above 0 and at most 1 */
function parseTolerance(text: string): number {
  const tolerance = text.trim() === '' ? Number.NaN : Number(text);
  if (!(tolerance > 0 && tolerance <= 1)) {
    throw new UsageError('tolerance', `--tolerance: found "${text}", expected a share above 0 and at most 1`);
  }
  return tolerance;
}

function outcomeLine({ tolerance, online, test, secondsPerDigit }: LifOutcome): string {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const name = tolerance === undefined ? 'exact' : `${100 * tolerance} %`;
  return `${name.padEnd(10)} ${percent(test)} of the test digits, ${percent(online)} during training, ${(1000 * secondsPerDigit).toFixed(2)} ms a digit`;
}
