import { join } from 'node:path';
import type { ControllerName } from '../../firmware-bridge/controller-table.ts';
import { openBoard } from '../backend-table.ts';
import { runTextClassification } from '../experiments/text-classification.ts';
import type { ConnectBackend } from '../experiments/text-array.ts';
import type { Approach, TextRun } from '../experiments/text-study.ts';
import { packageRoot } from '../files/package-info.ts';
import { loadLab } from '../lab/lab.ts';
import { writeReport } from '../report/write-report.ts';
import { RunControl } from '../run/run-control.ts';
import { defaultRunFolder } from './default-run-folder.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { parsePeriphery, withPeriphery, type PeripheryFlags } from './periphery-choice.ts';
import { Progress } from './progress.ts';
import { loadTextData, type TextDataFlags } from './text-data-choice.ts';

interface TextClassificationFlags extends TextDataFlags, PeripheryFlags {
  readonly approach: Approach | 'both';
  readonly steps: number;
  readonly epochs: number;
  readonly runs: number;
  readonly config: string | undefined;
  readonly controller: ControllerName | undefined;
  readonly port: string | undefined;
  readonly permit: string | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly quiet: boolean;
}

/** The text classification study from flags to the figures that are printed. */
export async function runTextClassificationCommand(flags: TextClassificationFlags, output: Output) {
  const started = performance.now();
  const { seed, runs, steps, epochs, approach } = flags;
  const config = flags.config ?? join(packageRoot(), 'examples', 'text-classification.yaml');
  const lab = withPeriphery(await loadLab(config), flags, 'uniform');
  const out = flags.out ?? defaultRunFolder('text-classification');
  const data = await loadTextData(flags, output);
  const control = new RunControl();
  const progress = new Progress(!flags.quiet && !output.json);
  const stopListening = listenForInterrupt(control, output);
  try {
    const { status, runs: done } = await runTextClassification({
      data,
      lab,
      seed,
      runs,
      approaches: approach === 'both' ? ['conversion', 'direct'] : [approach],
      steps,
      epochs,
      periphery: parsePeriphery(flags),
      out,
      command: 'ohmloom experiment text-classification',
      control,
      onProgress: (stage, share) => progress.update(stage, share),
      ...board(flags),
    });
    progress.stop();
    const report = await writeReport(out);
    const wallSeconds = (performance.now() - started) / 1000;
    const document = { status, data: data.title, runs: done.map(figuresOf), wallSeconds, runFolder: out };
    const text = [
      ...done.map(summaryLine),
      `wall       ${wallSeconds.toFixed(1)} s`,
      `run        ${out}`,
      `report     ${report}`,
    ].join('\n');
    return { status, document, text };
  } finally {
    progress.stop();
    stopListening();
  }
}

function board(flags: TextClassificationFlags): { readonly connect?: ConnectBackend } {
  const { controller, port, permit } = flags;
  if (controller === undefined || port === undefined) {
    return {};
  }
  return {
    connect: (lab, geometry) => openBoard({ lab, geometry }, { controller, port, permit, trace: undefined }),
  };
}

/** The figures of a repetition, without what only the report shows. */
function figuresOf({ seed, annLast, annMean, converted, direct, seconds }: TextRun) {
  const outcome = (found: TextRun['converted']) =>
    found === undefined
      ? null
      : {
          accuracy: found.test.accuracy,
          ...found.summary,
          spikesPerText: found.test.inputSpikes + found.test.outputSpikes,
          joulesPerText: found.test.joules,
        };
  return {
    seed,
    accuracyAnnLast: annLast,
    accuracyAnn: annMean,
    converted: outcome(converted),
    direct: outcome(direct),
    seconds,
  };
}

function summaryLine({ seed, annLast, annMean, converted, direct }: TextRun): string {
  const percent = (value: number | undefined): string =>
    value === undefined ? '–' : `${(100 * value).toFixed(2)} %`;
  return [
    `seed ${seed}`.padEnd(10),
    `ANN ${percent(annMean)} (end of epoch ${percent(annLast)}),`,
    `converted ${percent(converted?.test.accuracy)},`,
    `trained on the array ${percent(direct?.test.accuracy)}`,
  ].join(' ');
}
