import type { z } from 'zod';
import { nearestName } from '../nearest-name.ts';
import { readBoundedText } from './bounded-file.ts';
import { configError, type ConfigIssue } from './config-issue.ts';
import { parseConfigText, type ConfigText } from './config-text.ts';
import { knownKeys } from './known-keys.ts';
import { restateIssues, type SchemaIssue } from './restate-issues.ts';

const maxConfigBytes = 1 << 20;

/**
 * Read a YAML or JSON file and check it with a schema.
 *
 * @throws ConfigError naming file, line, column, path, found and expected; all issues are in `details.issues`
 * @example
 * const lab = await readConfig('lab.yaml', z.strictObject({ tolerance: z.number() }));
 */
export async function readConfig<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseConfig(await readBoundedText(path, maxConfigBytes), path, schema);
}

/**
 * Check YAML or JSON text with a schema, as {@link readConfig} does.
 *
 * @param name - how to call the text in an error; a name that ends in `.json` makes JSON syntax binding
 * @throws ConfigError as {@link readConfig}
 * @example
 * parseConfig('tolerance: 0.01', 'lab.yaml', z.strictObject({ tolerance: z.number() })); // { tolerance: 0.01 }
 */
export function parseConfig<Schema extends z.ZodType>(
  text: string,
  name: string,
  schema: Schema,
): z.output<Schema> {
  const config = parseConfigText(text, name);
  const result = schema.safeParse(config.value);
  if (result.success) {
    return result.data;
  }
  const issues = restateIssues(result.error.issues, config.value);
  throw configError(
    name,
    issues.map((issue) => locate(issue, config, schema)),
  );
}

function locate(issue: SchemaIssue, config: ConfigText, schema: z.ZodType): ConfigIssue {
  const { unknownKey, ...rest } = issue;
  if (unknownKey === undefined) {
    return { ...rest, ...config.placeOf(issue.path) };
  }
  const known = knownKeys(schema, issue.path.slice(0, -1));
  const nearest = nearestName(unknownKey, known);
  return {
    ...rest,
    ...config.placeOfKey(issue.path),
    allowed: known.length === 0 ? issue.allowed : `one of ${known.join(', ')}`,
    ...(nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` }),
  };
}
