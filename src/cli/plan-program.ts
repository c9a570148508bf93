import { loadLab } from '../lab/lab.ts';
import { writePlan } from '../lab/plan-folder.ts';
import { planLab } from '../lab/plan-lab.ts';
import { readTargets } from '../lab/read-targets.ts';
import type { LimitMargin } from '../schedule/safe-operating-area.ts';
import { defaultRunFolder } from './default-run-folder.ts';
import { parseDeviceChoice } from './device-choice.ts';
import { predictRun } from './predict-run.ts';
import { summaryLines } from './run-summary.ts';
import { textTable } from './text-table.ts';

interface PlanFlags {
  readonly target: string;
  readonly config: string;
  readonly device: string | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly dryRun: boolean;
}

const shownMargins = 8;

/** Plan, check, predict on the emulator, and write the plan folder. */
export async function planProgram(flags: PlanFlags) {
  const device = flags.device === undefined ? undefined : parseDeviceChoice(flags.device);
  const lab = await loadLab(flags.config, device);
  const targets = await readTargets(flags.target);
  const program = planLab(lab, targets.targets, targets.geometry);
  const { summary } = await predictRun(lab, program, flags.seed);
  const out = flags.dryRun ? null : (flags.out ?? defaultRunFolder('plan'));
  if (out !== null) {
    await writePlan(out, program, targets, lab);
  }
  const { certificate, schedule } = program;
  const worst = [...certificate.limits].sort((a, b) => a.margin - b.margin).slice(0, shownMargins);
  return {
    document: {
      operations: schedule.operations.length,
      scheduleDigest: certificate.scheduleDigest,
      predicted: summary,
      limits: certificate.limits,
      plan: out,
    },
    text: [
      `schedule   ${schedule.operations.length} operations, sha256 ${certificate.scheduleDigest}`,
      'predicted on the emulated array:',
      ...summaryLines(summary),
      '',
      marginTable(worst),
      '',
      out === null ? 'dry run: nothing was written' : `plan       ${out}`,
    ].join('\n'),
  };
}

function marginTable(limits: readonly LimitMargin[]): string {
  return textTable(
    ['nearest limits', 'worst', 'allowed', 'unit', 'margin', 'operation'],
    limits.map(({ limit, worst, allowed, unit, margin, operation }) => [
      limit,
      worst.toPrecision(4),
      allowed.toPrecision(4),
      unit,
      `${(100 * margin).toFixed(1)} %`,
      operation === null ? '-' : `#${operation}`,
    ]),
  );
}
