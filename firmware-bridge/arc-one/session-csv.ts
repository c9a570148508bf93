import type { Cell } from '../../src/array/geometry.ts';
import { ConfigError } from '../../src/errors.ts';
import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import { csvRecords } from './csv-records.ts';
import { arcOneLimits } from './limits.ts';
import { pythonRepr } from './number-text.ts';

/** What happened to one cell, as a row of a session. What the host left empty is NaN or an empty text. */
export interface SessionRow {
  readonly cell: Cell;
  readonly ohms: Ohms;
  readonly volts: Volts;
  /** 0 where the cell was only read. */
  readonly width: Seconds;
  /** `P` a pulse, `S R2 V=0.2` a read, `FF_s`, `FF_i`, `FF_e` first, middle and last point of a job. */
  readonly tag: string;
  readonly readTag: string;
  readonly readVolts: Volts;
}

/** A session as the program of ArC ONE saves it. */
export interface ArcOneSession {
  readonly title: string;
  /** As the host's locale writes it. */
  readonly date: string;
  readonly rows: readonly SessionRow[];
}

const columns = [
  'Wordline',
  'Bitline',
  'Resistance',
  'Amplitude (V)',
  'Pulse width (s)',
  'Tag',
  'ReadTag',
  'ReadVoltage',
] as const;

/** Title, date, names of the columns. */
const headRecords = 3;

/** Largest session that is read, rows. */
const mostRows = 5_000_000;

/**
 * Read the text of a session: a title, a date, the names of the columns, then a row for everything that happened.
 *
 * @param name - how to call the file in an error
 * @throws ConfigError naming the line that is none of a session
 * @example
 * parseSession(formatSession({ title: 'die 3', date: 'today', rows: [] }), 'die3.csv').title; // 'die 3'
 */
export function parseSession(text: string, name: string): ArcOneSession {
  const head: (readonly string[])[] = [];
  const rows: SessionRow[] = [];
  for (const { fields, line } of csvRecords(text, name)) {
    if (head.length < headRecords) {
      head.push(fields);
      if (head.length === headRecords && fields.join() !== columns.join()) {
        throw sessionError(name, line, `the columns ${fields.join()}`, columns.join());
      }
      continue;
    }
    if (rows.length >= mostRows) {
      throw sessionError(name, line, 'more rows', `at most ${mostRows}`);
    }
    rows.push(parseRow(fields, line, name));
  }
  if (head.length < headRecords) {
    throw sessionError(
      name,
      head.length + 1,
      'the end of the file',
      'a title, a date and the names of the columns',
    );
  }
  return { title: head[0]?.join() ?? '', date: head[1]?.join() ?? '', rows };
}

/**
 * Write a session as the program of ArC ONE does: lines end in CR LF, numbers are the shortest that read back, and only
 * what needs quotes has them.
 *
 * @example
 * formatSession({ title: 'die 3', date: 'today', rows: [] }).split('\r\n')[0]; // 'die 3'
 */
export function formatSession({ title, date, rows }: ArcOneSession): string {
  const records: (readonly string[])[] = [[title], [date], columns];
  const number = (value: number): string => (Number.isNaN(value) ? '' : pythonRepr(value));
  for (const { cell, ohms, volts, width, tag, readTag, readVolts } of rows) {
    const address = [cell.word + 1, cell.bit + 1].map(String);
    records.push([...address, number(ohms), number(volts), number(width), tag, readTag, number(readVolts)]);
  }
  return records.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}

function parseRow(fields: readonly string[], line: number, name: string): SessionRow {
  if (fields.length !== columns.length) {
    throw sessionError(name, line, `${fields.length} fields`, `${columns.length}`);
  }
  const [word = '', bit = '', ohms = '', volts = '', width = '', tag = '', readTag = '', readVolts = ''] =
    fields;
  const address = (column: number, text: string): number => {
    const value = /^\d{1,2}$/u.test(text) ? Number(text) : 0;
    if (value < 1 || value > arcOneLimits.lines) {
      throw sessionError(name, line, `${columns[column]} "${text}"`, `1 to ${arcOneLimits.lines}`);
    }
    return value - 1;
  };
  const number = (column: number, text: string): number => {
    const value = parseFloatText(text);
    if (value === null) {
      throw sessionError(name, line, `${columns[column]} "${text}"`, 'a number');
    }
    return value;
  };
  return {
    cell: { word: address(0, word), bit: address(1, bit) },
    ohms: number(2, ohms),
    volts: number(3, volts),
    width: number(4, width),
    tag,
    readTag,
    readVolts: number(7, readVolts),
  };
}

/** A number as Python writes it; nothing at all is none. */
function parseFloatText(text: string): number | null {
  if (text === '' || text === 'nan') {
    return Number.NaN;
  }
  const infinite = /^(-?)inf$/u.exec(text);
  if (infinite !== null) {
    return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text) ? Number(text) : null;
}

function quoted(field: string): string {
  return /[",\r\n]/u.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function sessionError(name: string, line: number, found: string, allowed: string): ConfigError {
  return new ConfigError('arc-one-session', `${name}:${line}: found ${found}, expected ${allowed}`, {
    hint: 'Is this a session that the program of ArC ONE saved?',
    details: { file: name, line, found, allowed },
  });
}
