import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { loadTempotronData } from '../experiments/tempotron-data.ts';
import { runTempotron } from '../experiments/tempotron.ts';
import { dataSources } from '../files/data-source.ts';
import { packageRoot } from '../files/package-info.ts';
import { loadLab } from '../lab/lab.ts';
import { writeReport } from '../report/write-report.ts';
import { RunControl } from '../run/run-control.ts';
import { defaultRunFolder } from './default-run-folder.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { Progress } from './progress.ts';

interface TempotronFlags {
  readonly data: string | undefined;
  readonly epochs: number;
  readonly config: string | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly quiet: boolean;
}

/** The tempotron experiment from flags to the figures that are printed. */
export async function runTempotronCommand(flags: TempotronFlags, output: Output) {
  const { seed, epochs } = flags;
  const data = await loadTempotronData(requireFile(flags.data), seed);
  const lab = await loadLab(flags.config ?? join(packageRoot(), 'examples', 'tempotron.yaml'));
  const out = flags.out ?? defaultRunFolder('tempotron');
  const control = new RunControl();
  const progress = new Progress(!flags.quiet && !output.json);
  const stopListening = listenForInterrupt(control, output);
  try {
    const { status, float, onArray } = await runTempotron({
      data,
      lab,
      seed,
      epochs,
      out,
      command: 'ohmloom experiment tempotron',
      control,
      onProgress: (stage, done) => progress.update(stage, done),
    });
    progress.stop();
    const report = await writeReport(out);
    const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
    const text = [
      `numbers    ${percent(float.test)} of ${data.test.length} test cases`,
      ...(onArray === undefined
        ? []
        : [`cells      ${percent(onArray.test)}, trained with ${onArray.summary.pulses} pulses`]),
      `run        ${out}`,
      `report     ${report}`,
    ].join('\n');
    const document = { status, data: data.title, float, onArray: onArray ?? null, runFolder: out };
    return { status, document, text };
  } finally {
    progress.stop();
    stopListening();
  }
}

/** @throws UsageError without a file */
function requireFile(path: string | undefined): string {
  if (path === undefined) {
    const { title, published } = dataSources.breastCancer;
    throw new UsageError('data', 'experiment tempotron: found no --data, expected the file of the cases', {
      hint: `${title} is published at ${published}.`,
    });
  }
  return path;
}
