import { ConfigError } from '../errors.ts';
import { fieldName } from '../schedule/schema-issue.ts';

export type ConfigPath = readonly (string | number)[];

/** Line and column in a text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with a configuration. */
export interface ConfigIssue extends Place {
  readonly path: ConfigPath;
  readonly found: string;
  readonly allowed: string;
  readonly hint?: string;
}

/**
 * Join the issues of one text into one error: the first in the text is the message, all are in `details.issues`.
 *
 * @param name - how to call the text; each issue reads `name:line:column: path: found X, expected Y`
 * @example
 * throw configError('lab.yaml', [{ line: 1, column: 1, path: ['seed'], found: '-1', allowed: 'at least 0' }]);
 */
export function configError(name: string, issues: readonly ConfigIssue[]): ConfigError {
  const ordered = [...issues].sort((a, b) => a.line - b.line || a.column - b.column);
  const texts = ordered.map((issue) => issueText(name, issue));
  const more = ordered.length > 1 ? ` (and ${ordered.length - 1} more)` : '';
  const hint = ordered[0]?.hint;
  return new ConfigError('config', `${texts[0] ?? name}${more}`, {
    ...(hint === undefined ? {} : { hint }),
    details: {
      file: name,
      issues: ordered.map((issue, index) => ({ ...issue, text: texts[index] })),
    },
  });
}

function issueText(name: string, issue: ConfigIssue): string {
  const where = issue.path.length === 0 ? '' : `${fieldName(issue.path)}: `;
  return `${name}:${issue.line}:${issue.column}: ${where}found ${issue.found}, expected ${issue.allowed}`;
}
