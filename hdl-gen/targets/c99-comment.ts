/** Write lines as a comment of C, whatever stands in them. */
export function cComment(text: readonly string[]): string[] {
  const safe = text.map((line) => line.replaceAll('*/', '* /'));
  const [first = '', ...rest] = safe;
  return rest.length === 0 ? [`/* ${first} */`] : [`/* ${first}`, ...rest.map((line) => `   ${line}`), '*/'];
}
