/** Rules in their published order: what to find, and what to put in its place. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/'/gu, " '  "],
  [/"/gu, ''],
  [/\./gu, ' . '],
  [/<br \/>/gu, ' '],
  [/,/gu, ' , '],
  [/\(/gu, ' ( '],
  [/\)/gu, ' ) '],
  [/!/gu, ' ! '],
  [/\?/gu, ' ? '],
  [/[;:]/gu, ' '],
];

/** White space as the reference implementation has it: unlike JavaScript's, it counts the information separators. */
// oxlint-disable-next-line eslint/no-control-regex -- the separators are control characters
const whiteSpace = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/**
 * Split English text into words and marks: lower case, apostrophes and `. , ( ) ! ?` as words of their own, without
 * quotation marks, colons, semicolons and line-break tags.
 *
 * @source the tokeniser `basic_english` of torchtext, as documented
 * @example
 * basicEnglish("It's <br />GOOD!"); // ["it", "'", "s", "good", "!"]
 */
export function basicEnglish(text: string): string[] {
  let line = text.toLowerCase();
  for (const [pattern, replacement] of rules) {
    line = line.replace(pattern, replacement);
  }
  return line.split(whiteSpace).filter((word) => word !== '');
}
