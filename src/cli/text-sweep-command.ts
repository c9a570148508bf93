import { join } from 'node:path';
import type { Approach } from '../experiments/text-study.ts';
import { runTextSweep } from '../experiments/text-sweep.ts';
import type { SweptSetting } from '../experiments/text-sweep-points.ts';
import { packageRoot } from '../files/package-info.ts';
import { loadLab } from '../lab/lab.ts';
import { writeResultsReport } from '../report/write-results-report.ts';
import { RunControl } from '../run/run-control.ts';
import { defaultRunFolder } from './default-run-folder.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { parsePeriphery, withPeriphery, type PeripheryFlags } from './periphery-choice.ts';
import { Progress } from './progress.ts';
import { loadTextData, type TextDataFlags } from './text-data-choice.ts';

/** Settings by their names on the command line. */
const settingNames = {
  steps: 'steps',
  'read-noise': 'readNoise',
  tolerance: 'tolerance',
  'max-pulses': 'maxPulses',
} as const satisfies Record<string, SweptSetting>;

interface TextSweepFlags extends TextDataFlags, PeripheryFlags {
  readonly sweep: readonly (keyof typeof settingNames)[] | undefined;
  readonly approach: Approach | 'both';
  readonly steps: number;
  readonly epochs: number;
  readonly runs: number;
  readonly config: string | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly quiet: boolean;
}

/** The sweeps of the text classification study from flags to the report. */
export async function runTextSweepCommand(flags: TextSweepFlags, output: Output) {
  const { seed, runs, steps, epochs, approach, sweep } = flags;
  const config = flags.config ?? join(packageRoot(), 'examples', 'text-classification.yaml');
  const lab = withPeriphery(await loadLab(config), flags, 'uniform');
  const out = flags.out ?? defaultRunFolder('text-sweep');
  const data = await loadTextData(flags, output);
  const control = new RunControl();
  const progress = new Progress(!flags.quiet && !output.json);
  const stopListening = listenForInterrupt(control, output);
  try {
    const { status, results } = await runTextSweep({
      data,
      lab,
      seed,
      runs,
      approaches: approach === 'both' ? ['conversion', 'direct'] : [approach],
      settings: sweep?.map((name) => settingNames[name]) ?? Object.values(settingNames),
      steps,
      epochs,
      periphery: parsePeriphery(flags),
      out,
      control,
      onProgress: (done, points) => progress.update('measure', done / points),
    });
    progress.stop();
    const report = await writeResultsReport(out, results);
    const text = [`table      ${join(out, 'sweep.csv')}`, `report     ${report}`].join('\n');
    return { status, document: { status, ...results, folder: out }, text };
  } finally {
    progress.stop();
    stopListening();
  }
}
