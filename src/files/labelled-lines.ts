import { readAllBytes } from './byte-stream.ts';
import { damagedData, dataSources, type DataSource } from './data-source.ts';
import type { LabelledTexts } from './labelled-texts.ts';

const maxBytes = 1 << 28;

/**
 * Read a corpus of "label text" lines in UTF-8: the sentence-level files of the Stanford Sentiment Treebank.
 *
 * @param source - named in errors; the treebank if left out
 * @throws ConfigError naming file and line
 * @example
 * const { texts, labels } = await readLabelledLines('stsa.binary.train');
 */
export async function readLabelledLines(
  path: string,
  source: DataSource = dataSources.sentimentTreebank,
): Promise<LabelledTexts> {
  const lines = (await readAllBytes(path, source, maxBytes)).toString('utf8').split(/\r?\n/u);
  if (lines.at(-1) === '') {
    lines.pop();
  }
  const texts: string[] = [];
  const labels = new Uint8Array(lines.length);
  for (const [index, line] of lines.entries()) {
    const [, label, text] = /^(\d{1,2}) (.*\S.*)$/u.exec(line) ?? [];
    if (label === undefined || text === undefined) {
      const found = line === '' ? 'an empty line' : `"${line.slice(0, 40)}"`;
      throw damagedData(source, `${path}:${index + 1}`, found, 'a label, a space and a text');
    }
    texts.push(text);
    labels[index] = Number(label);
  }
  if (texts.length === 0) {
    throw damagedData(source, path, 'an empty file', 'lines of a label and a text');
  }
  return { texts, labels };
}
