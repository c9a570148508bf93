import type { Law } from '../../src/laws/law.ts';
import { settings } from './seed.ts';

/** Rows for `test.each`, whose `%s` prints a name in full. */
export function rowsOf(laws: readonly Law[]): (readonly [name: string, law: Law])[] {
  return laws.map((law) => [law.name, law]);
}

/** Try a law, whether it answers at once or later. */
export async function tryLaw(law: Law): Promise<void> {
  await law.check(settings);
}

/** Names of the laws that are broken, with what they say. */
export async function brokenLaws(laws: readonly Law[]): Promise<Map<string, string>> {
  const broken = new Map<string, string>();
  for (const law of laws) {
    try {
      await tryLaw(law);
    } catch (error) {
      broken.set(law.name, String(error));
    }
  }
  return broken;
}
