import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const documents = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

function matches(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), (match) => match[1]!);
}

test.each(documents)('%s links to what exists', (document) => {
  const text = readFileSync(document, 'utf8');
  const links = matches(text, /\]\((?!https?:)([^)#]+)/gu);
  const missing = links.filter((link) => !existsSync(join(dirname(document), link)));
  expect(missing).toEqual([]);
});

// Pages that teach how to add something name files that the reader is about to write.
const describing = documents.filter((document) => !/adding-a-|testing-your-|model-subset/u.test(document));

test.each(describing)('%s names files that exist', (document) => {
  const text = readFileSync(document, 'utf8');
  const paths = matches(text, /`((?:src|devices|examples|hdl-gen|firmware-bridge|test)\/[\w./-]+\.\w+)`/gu);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});
