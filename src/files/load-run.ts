import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { containsCell, type Cell, type Geometry } from '../array/geometry.ts';
import { ConfigError, ScheduleError } from '../errors.ts';
import type { RunEvent, RunManifest } from '../run/run-record.ts';
import { certificateSchema } from '../schedule/certificate-schema.ts';
import { decodeSchedule } from '../schedule/decode.ts';
import { safeOperatingAreaDigest } from '../schedule/digest.ts';
import { safeOperatingAreaSiSchema } from '../schedule/safe-operating-area-schema.ts';
import type { Certificate, SafeOperatingArea } from '../schedule/safe-operating-area.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { readBoundedFile, readBoundedText } from './bounded-file.ts';
import { readEvents } from './event-log.ts';
import { experimentResultsSchema, type ExperimentResults } from './experiment-results.ts';
import { errorCode, fileError } from './file-error.ts';
import { readMatrix } from './npy.ts';
import { parseConfig } from './read-config.ts';
import { runFileNames } from './run-folder.ts';
import { manifestSchema } from './run-schemas.ts';

const maxJsonBytes = 1 << 24;
const maxScheduleBytes = 1 << 28;

/** A finished run, read back and checked. */
export interface RunData {
  readonly path: string;
  readonly manifest: RunManifest;
  readonly schedule: Schedule;
  readonly safeOperatingArea: SafeOperatingArea;
  readonly certificate: Certificate;
  readonly geometry: Geometry;
  /** Siemens, [wordLines][bitLines] row-major; NaN where nothing was asked of the cell. */
  readonly targets: Float64Array;
  /** Conductances before the run, siemens. */
  readonly before: Float64Array;
  /** Conductances after the run, siemens. */
  readonly conductances: Float64Array;
  readonly results?: ExperimentResults;
  /** The events in order, read and checked while they are asked for. */
  events(): AsyncGenerator<RunEvent, void, undefined>;
}

/**
 * Read a run folder.
 *
 * @throws ConfigError for a folder that holds no finished run, or whose files are damaged or do not belong together
 * @example
 * const run = await loadRun('runs/first');
 */
export async function loadRun(path: string): Promise<RunData> {
  await checkFolder(path);
  const manifest = await readJson(path, runFileNames.manifest, manifestSchema);
  const certificate = await readJson(path, runFileNames.certificate, certificateSchema);
  const safeOperatingArea = await readJson(path, runFileNames.safeOperatingArea, safeOperatingAreaSiSchema);
  const encoded = await readBoundedFile(join(path, runFileNames.schedule), maxScheduleBytes);
  const { digests } = manifest;
  checkDigest(path, 'schedule', createHash('sha256').update(encoded).digest('hex'), digests.schedule);
  checkDigest(path, 'certificate', certificate.scheduleDigest, digests.schedule);
  checkDigest(path, 'certificate', certificate.safeOperatingAreaDigest, digests.safeOperatingArea);
  checkDigest(path, 'certificate', certificate.driverDigest, digests.driver);
  const limitsDigest = safeOperatingAreaDigest(safeOperatingArea);
  checkDigest(path, 'safeOperatingArea', limitsDigest, digests.safeOperatingArea);
  const schedule = decode(path, encoded);
  const { geometry } = schedule;
  const results = (await exists(join(path, runFileNames.results)))
    ? await readJson(path, runFileNames.results, experimentResultsSchema)
    : undefined;
  return {
    path,
    manifest,
    schedule,
    safeOperatingArea,
    certificate,
    geometry,
    targets: await readArray(path, runFileNames.targets, geometry),
    before: await readArray(path, runFileNames.before, geometry),
    conductances: await readArray(path, runFileNames.conductances, geometry),
    ...(results === undefined ? {} : { results }),
    events: () => checkedEvents(join(path, runFileNames.events), schedule),
  };
}

async function checkFolder(path: string): Promise<void> {
  if (!(await exists(path))) {
    throw new ConfigError('run-missing', `${path}: there is no such folder, expected a run folder`);
  }
  if (!(await exists(join(path, runFileNames.manifest)))) {
    throw new ConfigError(
      'run-missing',
      `${path}: found no ${runFileNames.manifest}, expected the folder of a finished run`,
      { hint: 'The manifest is written last: a run that was killed has none.' },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return false;
    }
    throw fileError(path, 'cannot be read', error);
  }
}

async function readJson<Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const path = join(folder, file);
  return parseConfig(await readBoundedText(path, maxJsonBytes), path, schema);
}

function checkDigest(
  folder: string,
  file: 'schedule' | 'certificate' | 'safeOperatingArea',
  found: string,
  expected: string,
): void {
  if (found !== expected) {
    const path = join(folder, runFileNames[file]);
    throw new ConfigError(
      'run-damaged',
      `${path}: found digest ${found}, expected ${expected} as in ${runFileNames.manifest}`,
      { hint: 'The file was changed, or it belongs to another run.', details: { path, found, expected } },
    );
  }
}

function decode(folder: string, encoded: Uint8Array): Schedule {
  try {
    return decodeSchedule(encoded);
  } catch (cause) {
    if (!(cause instanceof ScheduleError)) {
      throw cause;
    }
    const { message, details } = cause;
    throw new ConfigError('run-damaged', `${join(folder, runFileNames.schedule)}: ${message}`, {
      details,
      cause,
    });
  }
}

async function readArray(folder: string, file: string, geometry: Geometry): Promise<Float64Array> {
  const path = join(folder, file);
  const { data, shape } = await readMatrix(path, { allowNonFinite: true });
  const { wordLines, bitLines } = geometry;
  if (shape.length !== 2 || shape[0] !== wordLines || shape[1] !== bitLines) {
    throw new ConfigError(
      'run-damaged',
      `${path}: found shape (${shape.join(', ')}), expected (${wordLines}, ${bitLines}) as in the schedule`,
    );
  }
  return data;
}

async function* checkedEvents(
  path: string,
  { geometry, operations }: Schedule,
): AsyncGenerator<RunEvent, void, undefined> {
  for await (const event of readEvents(path)) {
    if (event.operation >= operations.length) {
      throw new ConfigError(
        'run-damaged',
        `${path}: found operation ${event.operation}, expected one of the ${operations.length} of the schedule`,
      );
    }
    const stranger = cellsOf(event).find((cell) => !containsCell(geometry, cell));
    if (stranger !== undefined) {
      throw new ConfigError(
        'run-damaged',
        `${path}: operation ${event.operation}: found cell w${stranger.word} b${stranger.bit}, ` +
          `expected one of ${geometry.wordLines} x ${geometry.bitLines}`,
      );
    }
    yield event;
  }
}

function cellsOf({ result }: RunEvent): readonly Cell[] {
  switch (result.kind) {
    case 'read':
      return result.readings.map((reading) => reading.cell);
    case 'programVerify':
      return result.cells.map((cell) => cell.cell);
    case 'pulse':
    case 'wait':
    case 'frame':
      return [];
  }
}
