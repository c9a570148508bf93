/**
 * Give every name of a model a name in another language, all different, where that language writes them alike.
 *
 * @param convert - how the language writes a name
 * @example
 * distinctNames(['aP', 'a_p'], snakeCase); // Map { 'aP' => 'a_p', 'a_p' => 'a_p_2' }
 */
export function distinctNames(
  names: readonly string[],
  convert: (name: string) => string,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const distinct = new Map<string, string>();
  for (const name of names) {
    const wanted = convert(name);
    let own = wanted;
    for (let count = 2; taken.has(own); count++) {
      own = `${wanted}_${count}`;
    }
    taken.add(own);
    distinct.set(name, own);
  }
  return distinct;
}
