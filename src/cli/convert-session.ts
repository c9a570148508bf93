import { gunzipSync, gzipSync } from 'node:zlib';
import {
  formatSession,
  parseSession,
  type ArcOneSession,
  type SessionRow,
} from '../../firmware-bridge/arc-one/session-csv.ts';
import { ConfigError, UsageError } from '../errors.ts';
import { readBoundedFile } from '../files/bounded-file.ts';
import { fileError } from '../files/file-error.ts';
import { loadRun } from '../files/load-run.ts';
import { writeNewFile } from '../files/new-file.ts';
import { encodeIntegers, encodeStrings } from '../files/npy-vectors.ts';
import { encodeMatrix } from '../files/npy.ts';
import { decodeNpz, encodeNpz } from '../files/npz.ts';
import type { RunEvent } from '../run/run-record.ts';
import type { Siemens, Volts } from '../units.ts';

const mostBytes = 1 << 28;

/** The session itself, byte for byte, beside its arrays. */
const original = 'session.csv';

/** A file that was converted, for people and for programs. */
interface Converted {
  readonly document: {
    readonly schedule: string;
    readonly to: string;
    readonly output?: string;
    readonly text?: string;
  };
  readonly text: string;
}

const sessionName = /\.csv(?:\.gz)?$/iu;
const arraysName = /\.npz$/iu;

/**
 * Convert a session to arrays, arrays back to their session, or a run to a session.
 *
 * @param output - file to write; arrays go beside the session if it is left out, text to stdout
 * @throws UsageError for a form that a file of this kind does not have
 * @throws ConfigError for a file that is none of these
 */
export async function convertSession(
  path: string,
  to: string,
  output: string | undefined,
): Promise<Converted> {
  const form = sessionName.test(path) ? 'npz' : arraysName.test(path) ? 'csv' : 'session';
  if (to !== form) {
    throw new UsageError('convert', `${path}: found --to ${to}, expected --to ${form} for such a file`);
  }
  const bytes =
    form === 'npz'
      ? await sessionToNpz(path)
      : form === 'csv'
        ? await npzToSession(path)
        : Buffer.from(await runToSession(path));
  const target = output ?? (form === 'npz' ? path.replace(sessionName, '.npz') : undefined);
  if (target === undefined) {
    const text = sessionText(bytes);
    return { document: { schedule: path, to, text }, text: text.replace(/\n$/u, '') };
  }
  const packed = target.toLowerCase().endsWith('.gz') ? gzipSync(bytes) : bytes;
  await writeNewFile(target, packed);
  return { document: { schedule: path, to, output: target }, text: `wrote ${target}` };
}

/**
 * Pack a session of ArC ONE into arrays: `word`, `bit` (from 0), `ohms`, `volts`, `width`, `read_volts`, `tag` and
 * `read_tag`, and the session itself, so that it can be given back byte for byte.
 *
 * @throws ConfigError for a file that is no session
 */
async function sessionToNpz(path: string): Promise<Uint8Array> {
  const bytes = await readSession(path);
  return encodeNpz(membersOf(bytes, path));
}

/**
 * Take a session out of its arrays, byte for byte.
 *
 * @throws ConfigError when the arrays are no longer those of the session
 */
async function npzToSession(path: string): Promise<Uint8Array> {
  const members = decodeNpz(await readBoundedFile(path, mostBytes), path);
  const bytes = members.get(original);
  if (bytes === undefined) {
    throw new ConfigError(
      'npz',
      `${path}: found no "${original}", expected an archive that a session was converted to`,
    );
  }
  const expected = Object.entries(membersOf(bytes, path));
  const changed = expected.find(([name, content]) => !equal(content, members.get(name)));
  if (changed !== undefined || members.size !== expected.length) {
    throw new ConfigError(
      'npz-changed',
      `${path}: found ${changed?.[0] ?? `${members.size} members`} that ${changed === undefined ? 'are' : 'is'} not that of ${original}`,
      {
        hint: 'The file is damaged, or an array was changed: a session is what was measured, and is not written from arrays.',
      },
    );
  }
  return bytes;
}

/** Write what a run did as a session that the program of ArC ONE can show. */
async function runToSession(path: string): Promise<string> {
  const run = await loadRun(path);
  const readVolts = new Map<number, Volts>();
  for (const [index, operation] of run.schedule.operations.entries()) {
    readVolts.set(index, operation.kind === 'programVerify' ? operation.read.volts : 0);
  }
  const rows: SessionRow[] = [];
  for await (const event of run.events()) {
    rows.push(...rowsOf(event, readVolts.get(event.operation) ?? 0));
  }
  // The program groups by word line, then bit line, then time.
  rows.sort((one, other) => one.cell.word - other.cell.word || one.cell.bit - other.cell.bit);
  return formatSession({ title: run.manifest.command, date: run.manifest.startedAt, rows });
}

/** A session saved where the locale is not UTF-8 is read as what most such locales have in common. */
function sessionText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

async function readSession(path: string): Promise<Uint8Array> {
  const file = await readBoundedFile(path, mostBytes);
  const packed = file[0] === 0x1f && file[1] === 0x8b;
  try {
    return packed ? gunzipSync(file, { maxOutputLength: mostBytes }) : file;
  } catch (error) {
    throw fileError(path, 'cannot be unpacked', error);
  }
}

function membersOf(bytes: Uint8Array, name: string): Record<string, Uint8Array> {
  const { rows } = parseSession(sessionText(bytes), name);
  return { ...(rows.length === 0 ? {} : arraysOf(rows)), [original]: bytes };
}

function arraysOf(rows: ArcOneSession['rows']): Record<string, Uint8Array> {
  const numbers = (name: string, of: (row: SessionRow) => number): [string, Uint8Array] => [
    `${name}.npy`,
    encodeMatrix(Float64Array.from(rows, of), [rows.length], name),
  ];
  return {
    ...Object.fromEntries([
      numbers('ohms', ({ ohms }) => ohms),
      numbers('volts', ({ volts }) => volts),
      numbers('width', ({ width }) => width),
      numbers('read_volts', (row) => row.readVolts),
    ]),
    'word.npy': encodeIntegers(rows.map(({ cell }) => cell.word)),
    'bit.npy': encodeIntegers(rows.map(({ cell }) => cell.bit)),
    'tag.npy': encodeStrings(rows.map(({ tag }) => tag)),
    'read_tag.npy': encodeStrings(rows.map(({ readTag }) => readTag)),
  };
}

function rowsOf({ result }: RunEvent, verifyVolts: Volts): SessionRow[] {
  const read = (cell: SessionRow['cell'], conductance: Siemens, volts: Volts): SessionRow => ({
    cell,
    ohms: 1 / conductance,
    volts,
    width: 0,
    tag: `S R2 V=${volts}`,
    readTag: 'R2',
    readVolts: volts,
  });
  if (result.kind === 'read') {
    return result.readings.map(({ cell, conductance }) => read(cell, conductance, result.volts));
  }
  return result.kind === 'programVerify'
    ? result.cells.flatMap(({ cell, before, trace }) => [
        read(cell, before, verifyVolts),
        ...trace.map(({ volts, width, conductance }) => ({
          ...read(cell, conductance, verifyVolts),
          volts,
          width,
          tag: 'P',
        })),
      ])
    : [];
}

function equal(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0;
}
