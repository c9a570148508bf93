import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { writeFileAtomically } from '../files/atomic-file.ts';
import { readConfig } from '../files/read-config.ts';
import { createRunFolder, runFileNames, type RunFolder } from '../files/run-folder.ts';
import { readScheduleFile } from '../files/schedule-file.ts';
import type { CheckedProgram } from '../run/backend.ts';
import { certificateSchema } from '../schedule/certificate-schema.ts';
import { encodeSchedule, scheduleToJson } from '../schedule/encode.ts';
import { safeOperatingAreaSiSchema } from '../schedule/safe-operating-area-schema.ts';
import { scheduleToText } from '../schedule/to-text.ts';
import { readTargets, type Targets } from './read-targets.ts';
import type { Lab } from './lab.ts';

const jsonName = 'schedule.json';

/**
 * Keep a checked program for later: schedule in three forms, certificate, limits and targets.
 *
 * @throws ConfigError when the folder holds anything or cannot be written
 */
export async function writePlan(
  path: string,
  program: CheckedProgram,
  targets: Targets,
  lab: Lab,
): Promise<RunFolder> {
  const folder = await createRunFolder(path);
  const { schedule, certificate, safeOperatingArea } = program;
  const text = scheduleToText(schedule, { gap: lab.config.controller.gap });
  await folder.writeSchedule(encodeSchedule(schedule), text);
  await writeFileAtomically(join(path, jsonName), scheduleToJson(schedule));
  await folder.writeProof(certificate, safeOperatingArea);
  await folder.writeConductances('targets', targets.targets, targets.geometry);
  return folder;
}

/**
 * Read a checked program back. The digests are not compared here: the backend that is to run it does that.
 *
 * @throws ConfigError when a file is missing or damaged
 * @throws UsageError when the targets are those of another array
 */
export async function readPlan(path: string): Promise<{ program: CheckedProgram; targets: Targets }> {
  const schedule = await readScheduleFile(join(path, runFileNames.schedule));
  const certificate = await readConfig(join(path, runFileNames.certificate), certificateSchema);
  const safeOperatingArea = await readConfig(
    join(path, runFileNames.safeOperatingArea),
    safeOperatingAreaSiSchema,
  );
  const targets = await readTargets(join(path, runFileNames.targets));
  const { wordLines, bitLines } = schedule.geometry;
  if (targets.geometry.wordLines !== wordLines || targets.geometry.bitLines !== bitLines) {
    throw new UsageError(
      'targets-shape',
      `${path}: the targets are ${targets.geometry.wordLines} x ${targets.geometry.bitLines}, the schedule is for ${wordLines} x ${bitLines} cells`,
    );
  }
  return { program: { schedule, certificate, safeOperatingArea }, targets };
}
