/**
 * A pattern for a command in its short and its long form, which the instruments take alike: capitals are the short
 * form, the rest may follow.
 *
 * @example
 * scpiHeader('SOURce:VOLTage:MODE').test(':sour:voltage:mode'); // true
 */
export function scpiHeader(name: string): RegExp {
  const nodes = name.split(':').map((node) =>
    node.replace(/^([A-Z*]+)([a-z]*)(\??)$/u, (_, short: string, rest: string, query: string) => {
      const word = rest === '' ? escaped(short) : `${escaped(short)}(?:${rest})?`;
      return `${word}${query === '' ? '' : String.raw`\?`}`;
    }),
  );
  return new RegExp(`^:?${nodes.join(':')}$`, 'iu');
}

function escaped(text: string): string {
  return text.replaceAll('*', String.raw`\*`);
}
