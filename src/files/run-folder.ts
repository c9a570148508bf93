import { access, constants, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Geometry } from '../array/geometry.ts';
import { ConfigError } from '../errors.ts';
import type { RunManifest } from '../run/run-record.ts';
import type { Certificate, SafeOperatingArea } from '../schedule/safe-operating-area.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { EventWriter } from './event-log.ts';
import type { ExperimentResults } from './experiment-results.ts';
import { fileError } from './file-error.ts';
import { makeFolder } from './make-folder.ts';
import { writeMatrix } from './npy.ts';
import { stableJson } from './stable-json.ts';

/** Names of the files in a run folder. */
export const runFileNames = {
  manifest: 'manifest.json',
  schedule: 'schedule.msgpack',
  scheduleText: 'schedule.txt',
  certificate: 'certificate.json',
  safeOperatingArea: 'safe-operating-area.json',
  events: 'events.jsonl',
  targets: 'targets.npy',
  before: 'before.npy',
  conductances: 'conductances.npy',
  results: 'results.json',
  report: 'report.html',
} as const;

/**
 * Make the folder of a new run, with its parents.
 *
 * @throws ConfigError when the folder holds anything, or cannot be made or written; then nothing is changed
 * @example
 * const folder = await createRunFolder('runs/second');
 */
export async function createRunFolder(path: string): Promise<RunFolder> {
  await makeFolder(path);
  await checkEmpty(path);
  return new RunFolder(path);
}

async function checkEmpty(path: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(path);
    await access(path, constants.W_OK);
  } catch (error) {
    throw fileError(path, 'cannot be used as run folder', error);
  }
  if (names.length > 0) {
    const found = names.includes(runFileNames.manifest) ? 'a run' : `${names.length} files`;
    throw new ConfigError(
      'run-folder-taken',
      `${path}: found ${found} in the folder, expected an empty or new folder`,
      { hint: 'Choose another folder; a run is never overwritten.', details: { path, found: names.length } },
    );
  }
}

/**
 * Writers of the files of one run. Every file but the event stream appears whole or not at all, and equal data give
 * equal bytes.
 */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Where one of the files stands. */
  pathOf(file: keyof typeof runFileNames): string {
    return join(this.path, runFileNames[file]);
  }

  /** @throws ConfigError when the file cannot be written; so do all writers below */
  async writeManifest(manifest: RunManifest): Promise<void> {
    await this.#writeJson('manifest', manifest);
  }

  /**
   * Write the schedule in both forms.
   *
   * @param encoded - MessagePack bytes
   * @param text - the same schedule for people
   */
  async writeSchedule(encoded: Uint8Array, text: string): Promise<void> {
    await writeFileAtomically(this.pathOf('schedule'), encoded);
    await writeFileAtomically(this.pathOf('scheduleText'), text);
  }

  /** Write what proves that the schedule was checked, and the limits that it was checked against. */
  async writeProof(certificate: Certificate, safeOperatingArea: SafeOperatingArea): Promise<void> {
    await this.#writeJson('certificate', certificate);
    await this.#writeJson('safeOperatingArea', safeOperatingArea);
  }

  /** Write the key figures of an experiment. */
  async writeResults(results: ExperimentResults): Promise<void> {
    await this.#writeJson('results', results);
  }

  /**
   * Write a matrix over the cells of the array.
   *
   * @param conductances - siemens, [wordLines][bitLines] row-major; NaN where a cell has none
   */
  async writeConductances(
    file: 'targets' | 'before' | 'conductances',
    conductances: Float64Array,
    geometry: Geometry,
  ): Promise<void> {
    await writeMatrix(this.pathOf(file), conductances, [geometry.wordLines, geometry.bitLines]);
  }

  /** Open the event stream. It is opened once in the life of a run. */
  openEvents(): EventWriter {
    return new EventWriter(this.pathOf('events'));
  }

  async #writeJson(file: keyof typeof runFileNames, value: unknown): Promise<void> {
    const path = this.pathOf(file);
    await writeFileAtomically(path, `${stableJson(value, path, 2)}\n`);
  }
}
