import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { emitSequencer, type SequencerOptions } from '../../hdl-gen/sequencer/emit-sequencer.ts';
import { ConfigError, UsageError } from '../errors.ts';
import { loadRun } from '../files/load-run.ts';
import { readConfig } from '../files/read-config.ts';
import { runFileNames } from '../files/run-folder.ts';
import { driverGrid, loadLab } from '../lab/lab.ts';
import { readPlan } from '../lab/plan-folder.ts';
import { quantity } from '../quantity-schema.ts';
import { executedSchedule } from '../run/executed-schedule.ts';
import type { RunEvent } from '../run/run-record.ts';
import { certify } from '../schedule/compile.ts';
import type { DriverGrid } from '../schedule/driver-grid.ts';
import type { Timing } from '../schedule/timing.ts';
import { type EmitOutcome, writeEmitted } from './write-emitted.ts';

export interface EmitSequencerFlags {
  /** Plan folder or run folder. */
  readonly schedule: string;
  /** Lab configuration; a run folder holds its own. */
  readonly config: string | undefined;
  /** Of a run folder: the pulses and reads that were really made. */
  readonly executed: boolean;
  /** Description of the board, YAML or JSON. */
  readonly board: string | undefined;
  readonly out: string;
}

const whole = z.number().int();

/** What differs from the default board; the generator checks the ranges. */
const boardSchema = z.strictObject({
  clocksPerTick: whole.exactOptional(),
  dacBits: whole.exactOptional(),
  zeroCode: whole.exactOptional(),
  deadTime: quantity('time').exactOptional(),
  settleTime: quantity('time').exactOptional(),
  channelSettleTime: quantity('time').exactOptional(),
  spiHalfClocks: whole.exactOptional(),
  tableEntries: whole.exactOptional(),
  resultDepthBits: whole.exactOptional(),
});

/** What a run folder tells of the controller that its certificate was made for, SI units. */
const recordedSchema = z.object({
  controller: z.object({
    line: z.object({
      min: z.number(),
      max: z.number(),
      bits: whole,
      error: z.number(),
      resistance: z.number().default(0),
    }),
    timer: z.object({ tick: z.number(), min: z.number(), max: z.number() }),
    gap: z.number().positive(),
  }),
});

interface Controller {
  readonly driver: DriverGrid;
  readonly timing: Timing;
}

/**
 * Write the pulse sequencer for the schedule of a plan or run.
 *
 * @throws UsageError for a plan without the configuration of its controller
 * @throws ConfigError for a folder that holds no plan or run, or a board that cannot be built
 * @throws ScheduleError for a certificate that does not match, or what the sequencer cannot do
 */
export async function writeSequencer(flags: EmitSequencerFlags): Promise<EmitOutcome> {
  const controller = await controllerOf(flags);
  const program = await programOf(flags, controller);
  const board = flags.board === undefined ? {} : await readConfig(flags.board, boardSchema);
  const files = emitSequencer({ ...program, ...controller, board });
  const paths = await writeEmitted(
    flags.out,
    Array.from(files, ([path, text]) => ({ path, text })),
  );
  const { schedule } = program;
  return {
    document: { schedule: flags.schedule, operations: schedule.operations.length, files: paths },
    text: [
      `wrote ${paths.length} files for ${schedule.operations.length} operations to ${flags.out}`,
      `test: cd ${flags.out} && iverilog -g2012 -o bench -f testbench.f && vvp bench`,
    ].join('\n'),
  };
}

async function controllerOf({ schedule: folder, config }: EmitSequencerFlags): Promise<Controller> {
  if (config !== undefined) {
    const lab = await loadLab(config);
    return { driver: lab.driver, timing: { gap: lab.config.controller.gap } };
  }
  if (!(await hasManifest(folder))) {
    throw new UsageError(
      'emit-controller',
      `--schedule ${folder}: found no run, expected a run folder or --config`,
      {
        hint: 'A plan folder does not name its controller: give the configuration that it was planned with.',
      },
    );
  }
  const { manifest } = await loadRun(folder);
  const recorded = recordedSchema.safeParse(manifest.config);
  if (!recorded.success) {
    const field = ['config', ...(recorded.error.issues[0]?.path ?? [])].join('.');
    throw new ConfigError(
      'run-config',
      `${folder}/${runFileNames.manifest}: ${field}: found no description of a controller`,
      { hint: 'The run was recorded by another kind of controller: give its configuration with --config.' },
    );
  }
  const { controller } = recorded.data;
  return { driver: driverGrid(controller), timing: { gap: controller.gap } };
}

async function programOf(
  { schedule: folder, executed }: EmitSequencerFlags,
  { driver }: Controller,
): Promise<Pick<SequencerOptions, 'schedule' | 'certificate' | 'safeOperatingArea'>> {
  if (!executed) {
    return (await readPlan(folder)).program;
  }
  const run = await loadRun(folder);
  const events: RunEvent[] = [];
  for await (const event of run.events()) {
    events.push(event);
  }
  const { safeOperatingArea } = run;
  const schedule = executedSchedule(run.schedule, events);
  return { schedule, safeOperatingArea, certificate: certify(schedule, safeOperatingArea, driver) };
}

async function hasManifest(folder: string): Promise<boolean> {
  return (await stat(join(folder, runFileNames.manifest)).catch(() => null)) !== null;
}
