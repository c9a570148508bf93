/** Write named parameters of an instance, one a line. Strings are quoted. */
export function instanceParameters(
  parameters: Readonly<Record<string, number | string>>,
  indent: string,
): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${indent}.${name}(${typeof value === 'string' ? `"${value}"` : value})`)
    .join(',\n');
}
