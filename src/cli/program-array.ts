import type { BoardConnection } from '../../firmware-bridge/connect-controller.ts';
import type { ControllerName } from '../../firmware-bridge/controller-table.ts';
import { backendTable, openBoard, type BackendName } from '../backend-table.ts';
import type { Geometry } from '../array/geometry.ts';
import { UsageError } from '../errors.ts';
import { loadLab, type Lab, withSegments } from '../lab/lab.ts';
import { readPlan } from '../lab/plan-folder.ts';
import { planLab } from '../lab/plan-lab.ts';
import { readTargets, type Targets } from '../lab/read-targets.ts';
import { recordRun } from '../lab/record-run.ts';
import { writeReport } from '../report/write-report.ts';
import type { CheckedProgram } from '../run/backend.ts';
import { RunControl } from '../run/run-control.ts';
import type { RunSummary } from '../run/run-record.ts';
import { defaultRunFolder } from './default-run-folder.ts';
import { parseDeviceChoice } from './device-choice.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { predictRun } from './predict-run.ts';
import { Progress } from './progress.ts';
import { summaryLines } from './run-summary.ts';
import { parseSegments, type SegmentFlags } from './segment-choice.ts';

interface ProgramFlags extends SegmentFlags {
  readonly target: string | undefined;
  readonly plan: string | undefined;
  readonly config: string;
  readonly device: string | undefined;
  readonly backend: BackendName;
  readonly recording: string | undefined;
  readonly controller: ControllerName | undefined;
  readonly port: string | undefined;
  readonly trace: string | undefined;
  readonly permit: string | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly dryRun: boolean;
  readonly quiet: boolean;
}

interface ProgramOutcome {
  readonly status: 'done' | 'interrupted' | 'dry-run';
  readonly summary: RunSummary;
  readonly document: unknown;
  readonly text: string;
}

/** Plan or load a program, run it on a backend and report. */
export async function programArray(flags: ProgramFlags, output: Output): Promise<ProgramOutcome> {
  const device = flags.device === undefined ? undefined : parseDeviceChoice(flags.device);
  const lab = withSegments(await loadLab(flags.config, device), parseSegments(flags));
  const { program, targets } = await programOf(flags, lab);
  if (flags.dryRun) {
    const { summary } = await predictRun(lab, program, flags.seed);
    const text = ['dry run: nothing was executed or written', ...summaryLines(summary)].join('\n');
    return { status: 'dry-run', summary, document: { status: 'dry-run', ...summary }, text };
  }
  return execute(flags, lab, program, targets, output);
}

async function programOf(
  { target, plan }: ProgramFlags,
  lab: Lab,
): Promise<{ program: CheckedProgram; targets: Targets }> {
  if (plan !== undefined) {
    return readPlan(plan);
  }
  if (target === undefined) {
    throw new UsageError('target', 'program: found neither --target nor --plan, expected one of them');
  }
  const targets = await readTargets(target);
  return { program: planLab(lab, targets.targets, targets.geometry), targets };
}

async function openBackend(flags: ProgramFlags, lab: Lab, geometry: Geometry): Promise<BoardConnection> {
  const { seed, recording, controller, port, trace, permit } = flags;
  if (controller !== undefined && port !== undefined) {
    return openBoard({ lab, geometry }, { controller, port, trace, permit });
  }
  const backend = await backendTable[flags.backend]({
    lab,
    geometry,
    seed,
    ...(recording === undefined ? {} : { recording }),
  });
  return { backend, close: () => backend.close() };
}

async function execute(
  flags: ProgramFlags,
  lab: Lab,
  program: CheckedProgram,
  { geometry, targets }: Targets,
  output: Output,
): Promise<ProgramOutcome> {
  const { seed } = flags;
  const { backend, close } = await openBackend(flags, lab, geometry);
  const out = flags.out ?? defaultRunFolder('program');
  const control = new RunControl();
  const progress = new Progress(!flags.quiet && !output.json);
  const stopListening = listenForInterrupt(control, output);
  try {
    const { operations } = program.schedule;
    const { status, summary } = await recordRun({
      lab,
      program,
      targets,
      backend,
      seed,
      command: 'ohmloom program',
      out,
      control,
      onOperation: ({ operation }) => progress.update('program', (operation + 1) / operations.length),
    });
    progress.stop();
    const report = await writeReport(out);
    const text = [...summaryLines(summary), `run        ${out}`, `report     ${report}`].join('\n');
    return { status, summary, document: { status, ...summary, runFolder: out, report }, text };
  } finally {
    progress.stop();
    stopListening();
    await close();
  }
}
