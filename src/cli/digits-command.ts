import { join } from 'node:path';
import { runDigits } from '../experiments/digits.ts';
import { packageRoot } from '../files/package-info.ts';
import { loadLab, withSegments } from '../lab/lab.ts';
import { writeReport } from '../report/write-report.ts';
import { RunControl } from '../run/run-control.ts';
import { parseDeviceChoice } from './device-choice.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { defaultRunFolder } from './default-run-folder.ts';
import { Progress } from './progress.ts';
import { summaryLines } from './run-summary.ts';
import { parseSegments, type SegmentFlags } from './segment-choice.ts';

interface DigitsFlags extends SegmentFlags {
  readonly config: string | undefined;
  readonly device: string | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly quiet: boolean;
}

/** The digits experiment from flags to the figures that are printed. */
export async function runDigitsCommand(flags: DigitsFlags, output: Output) {
  const started = performance.now();
  const device = flags.device === undefined ? undefined : parseDeviceChoice(flags.device);
  const config = flags.config ?? join(packageRoot(), 'examples', 'lab.yaml');
  const lab = withSegments(await loadLab(config, device), parseSegments(flags));
  const out = flags.out ?? defaultRunFolder('digits');
  const control = new RunControl();
  const progress = new Progress(!flags.quiet && !output.json);
  const stopListening = listenForInterrupt(control, output);
  output.note(
    `digits on ${lab.device.model.name}/${lab.device.set.name}, policy ${lab.config.program.policy.name}, seed ${flags.seed}`,
  );
  try {
    const result = await runDigits({
      lab,
      seed: flags.seed,
      out,
      command: 'ohmloom experiment digits',
      control,
      onProgress: (stage, done) => progress.update(stage, done),
    });
    progress.stop();
    const report = await writeReport(out);
    const { summary, status, accuracyFloat, accuracyProgrammed, accuracyWithoutDrop } = result;
    const document = {
      status,
      accuracyFloat,
      accuracyProgrammed: accuracyProgrammed ?? null,
      ...(accuracyWithoutDrop === undefined ? {} : { accuracyWithoutDrop }),
      ...summary,
      wallSeconds: (performance.now() - started) / 1000,
      runFolder: out,
    };
    const percent = (value: number | undefined): string =>
      value === undefined ? 'interrupted before it was measured' : `${(100 * value).toFixed(2)} %`;
    const text = [
      `accuracy   ${percent(accuracyFloat)} in float`,
      `           ${percent(accuracyProgrammed)} on the programmed array, 2000 held-out digits`,
      ...(accuracyWithoutDrop === undefined
        ? []
        : [
            `           ${percent(accuracyWithoutDrop)} with the same conductances and no drop along the wires`,
          ]),
      ...summaryLines(summary),
      `wall       ${document.wallSeconds.toFixed(1)} s`,
      `run        ${out}`,
      `report     ${report}`,
    ].join('\n');
    return { status, document, text };
  } finally {
    progress.stop();
    stopListening();
  }
}
