import { ScheduleError } from '../errors.ts';

/** A text literal, and the colon if it is a key; only ever run over text that JSON.parse has accepted. */
const textLiteral = /"(?:[^"\\]|\\.)*"\s*(:)?/gu;

/**
 * Read JSON, and refuse an object that names a key twice: `JSON.parse` would keep the last one without a word.
 *
 * @param subject - how to name the text in an error
 * @throws ScheduleError when the text is not JSON or repeats a key
 * @example
 * parseStrictJson('{"volts": 1}', 'pulse'); // { volts: 1 }
 */
export function parseStrictJson(text: string, subject: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ScheduleError('json', `${subject}: found text that is not JSON: ${messageOf(cause)}`, {
      cause,
    });
  }
  let written = 0;
  for (const match of text.matchAll(textLiteral)) {
    written += match[1] === undefined ? 0 : 1;
  }
  const kept = countKeys(value);
  if (written !== kept) {
    throw new ScheduleError(
      'json-duplicate',
      `${subject}: found ${written - kept} key(s) given twice in one object, expected each once`,
    );
  }
  return value;
}

function countKeys(root: unknown): number {
  let keys = 0;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null) {
      keys += Array.isArray(value) ? 0 : Object.keys(value).length;
      for (const member of Object.values(value)) {
        open.push(member);
      }
    }
  }
  return keys;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
