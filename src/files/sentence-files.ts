import { readAllBytes } from './byte-stream.ts';
import { damagedData, type DataSource } from './data-source.ts';
import type { LabelledTexts } from './labelled-texts.ts';

const maxBytes = 1 << 28;

/** What code page 1252 has at bytes 128 to 159, where Latin-1 has control characters; it leaves five of them empty. */
const codePage1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Read a corpus that keeps one file a class and one sentence a line, in Latin-1 with the quotes and dashes of
 * code page 1252: the sentence polarity and the subjectivity data sets.
 *
 * @param paths - the file of class 0, of class 1 and so on
 * @param source - named in errors
 * @throws ConfigError naming the file, and the line where one is empty
 * @example
 * await readSentenceFiles(['rt-polarity.neg', 'rt-polarity.pos'], dataSources.movieReviewSentences);
 */
export async function readSentenceFiles(
  paths: readonly string[],
  source: DataSource,
): Promise<LabelledTexts> {
  const texts: string[] = [];
  const labels: number[] = [];
  for (const [label, path] of paths.entries()) {
    const lines = decode(await readAllBytes(path, source, maxBytes)).split(/\r?\n/u);
    if (lines.at(-1) === '') {
      lines.pop();
    }
    if (lines.length === 0) {
      throw damagedData(source, path, 'an empty file', 'one sentence a line');
    }
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') {
        throw damagedData(source, `${path}:${index + 1}`, 'an empty line', 'a sentence');
      }
      texts.push(line);
      labels.push(label);
    }
  }
  return { texts, labels: Uint8Array.from(labels) };
}

/** Node's own TextDecoder takes Latin-1 for code page 1252 in some of its versions. */
function decode(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[\u0080-\u009f]/gu, (control) => codePage1252.charAt(control.charCodeAt(0) - 0x80));
}
