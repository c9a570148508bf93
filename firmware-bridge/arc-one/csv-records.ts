import { ConfigError } from '../../src/errors.ts';

/** One record, and the line that it begins on, from 1. */
export interface CsvRecord {
  readonly fields: readonly string[];
  readonly line: number;
}

/** One field, plain or in quotes, and what ends it. */
const nextField = /(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",\r\n]*))(?<end>,|\r\n|\n|\r|$)/uy;

/**
 * Read comma-separated values one record after the other.
 *
 * @param name - how to call the text in an error
 * @throws ConfigError naming the line with a quote where none may stand
 * @source RFC 4180
 */
export function* csvRecords(text: string, name: string): Generator<CsvRecord> {
  let fields: string[] = [];
  let line = 1;
  let start = line;
  for (let at = 0; at < text.length || fields.length > 0;) {
    nextField.lastIndex = at;
    const match = nextField.exec(text);
    if (match === null) {
      throw new ConfigError('csv', `${name}:${line}: found a quote inside a field, expected "" for it`, {
        details: { file: name, line },
      });
    }
    const { quoted, plain = '', end = '' } = match.groups ?? {};
    const field = quoted?.replaceAll('""', '"') ?? plain;
    fields.push(field);
    at += match[0].length;
    line += (quoted?.match(/\n/gu)?.length ?? 0) + (end === ',' || end === '' ? 0 : 1);
    if (end !== ',') {
      yield { fields, line: start };
      fields = [];
      start = line;
    }
  }
}
