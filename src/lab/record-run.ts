import { OhmloomError } from '../errors.ts';
import { readPackageInfo } from '../files/package-info.ts';
import { createRunFolder, type RunFolder } from '../files/run-folder.ts';
import type { Backend, CheckedProgram } from '../run/backend.ts';
import { runProgram, type EngineOptions, type RunStatus } from '../run/engine.ts';
import type { RunControl } from '../run/run-control.ts';
import type { RunEvent, RunManifest, RunSummary } from '../run/run-record.ts';
import { RunTotals } from '../run/run-totals.ts';
import { canonicalDigest } from '../schedule/digest.ts';
import { encodeSchedule } from '../schedule/encode.ts';
import { scheduleToText } from '../schedule/to-text.ts';
import { requireMatchingCertificate } from '../schedule/verify.ts';
import type { Lab } from './lab.ts';

export interface RecordOptions {
  readonly lab: Lab;
  readonly program: CheckedProgram;
  /** [wordLines x bitLines], siemens; NaN where nothing is asked of a cell. */
  readonly targets: Float64Array;
  readonly backend: Backend;
  readonly seed: number;
  /** What the user called, for the manifest. */
  readonly command: string;
  /** Folder to make. */
  readonly out: string;
  readonly control: RunControl;
  readonly onOperation?: (event: RunEvent) => void;
  /** Who runs the program: the engine from first to last operation, or a session that steers it. */
  readonly execute?: (engine: EngineOptions) => Promise<RunStatus>;
}

export interface RecordedRun {
  readonly status: 'done' | 'interrupted';
  readonly summary: RunSummary;
  readonly folder: RunFolder;
  /** Last conductance read of every cell, [wordLines x bitLines] in siemens. */
  readonly conductances: Float64Array;
}

/**
 * Run a program and keep the record: schedule, proof, events as they happen, conductances, manifest. A run that
 * ends with an error leaves its record too.
 *
 * @throws ScheduleError before anything is written, when the certificate is not that of the schedule
 * @throws ConfigError when the folder holds anything or cannot be written
 */
export async function recordRun(options: RecordOptions): Promise<RecordedRun> {
  const { program, lab } = options;
  requireMatchingCertificate(program.schedule, program.certificate, program.safeOperatingArea, lab.driver);
  const { geometry } = program.schedule;
  const folder = await createRunFolder(options.out);
  await folder.writeSchedule(
    encodeSchedule(program.schedule),
    scheduleToText(program.schedule, { gap: lab.config.controller.gap }),
  );
  await folder.writeProof(program.certificate, program.safeOperatingArea);
  await folder.writeConductances('targets', options.targets, geometry);

  const totals = new RunTotals(geometry);
  const startedAt = new Date();
  let ending: Pick<RunManifest, 'status' | 'error'> = { status: 'failed' };
  try {
    const status = await execute(options, folder, totals);
    ending = { status };
    return { status, summary: totals.summary(), folder, conductances: totals.conductances() };
  } catch (error) {
    ending = { status: 'failed', error: describe(error) };
    throw error;
  } finally {
    await folder.writeConductances('before', totals.before(), geometry);
    await folder.writeConductances('conductances', totals.conductances(), geometry);
    await folder.writeManifest({ ...manifest(options, startedAt, totals), ...ending });
  }
}

async function execute(options: RecordOptions, folder: RunFolder, totals: RunTotals) {
  const { backend, program, control, lab, onOperation } = options;
  const journal = folder.openEvents();
  try {
    return await (options.execute ?? runProgram)({
      backend,
      program,
      journal,
      control,
      device: lab.knowledge,
      onOperation: (event) => {
        totals.add(event);
        onOperation?.(event);
      },
    });
  } finally {
    journal.close();
  }
}

function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof OhmloomError) {
    return error.toJSON();
  }
  return { error: 'Error', message: error instanceof Error ? error.message : String(error) };
}

function manifest(options: RecordOptions, startedAt: Date, totals: RunTotals): Omit<RunManifest, 'status'> {
  const { lab, program, seed, command, backend } = options;
  const { scheduleDigest, safeOperatingAreaDigest, driverDigest } = program.certificate;
  const { set, model } = lab.device;
  const config: Record<string, unknown> = { ...lab.config };
  const { name, version } = readPackageInfo();
  return {
    format: 'ohmloom-run',
    version: 1,
    runId: `${startedAt.toISOString().replaceAll(/[-:]|\.\d+/gu, '')}-${scheduleDigest.slice(0, 8)}`,
    createdBy: { name, version, node: process.version },
    command,
    seed,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    config,
    digests: {
      config: canonicalDigest(config, 'configuration'),
      schedule: scheduleDigest,
      safeOperatingArea: safeOperatingAreaDigest,
      driver: driverDigest,
    },
    device: { model: model.name, set: set.name, source: `doi:${set.source.doi}` },
    controller: backend.capabilities().controller,
    summary: totals.summary(),
  };
}
