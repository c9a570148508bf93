import type { z } from 'zod';
import { ConfigError } from '../src/errors.ts';
import { nearestName } from '../src/nearest-name.ts';
import type { ControllerSettings } from './controller.ts';

/**
 * Check the settings of a controller with its schema.
 *
 * @param where - path of the settings in the configuration
 * @throws ConfigError naming path, found and expected
 */
export function parseSettings<Schema extends z.ZodObject>(
  schema: Schema,
  settings: ControllerSettings,
  where: string,
): z.output<Schema> {
  const checked = schema.safeParse(settings);
  if (checked.success) {
    return checked.data;
  }
  const issue = checked.error.issues[0];
  const path = [where, ...(issue?.path ?? []).map(String)].join('.');
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = Object.keys(schema.shape);
    const nearest = nearestName(key, known);
    throw new ConfigError(
      'config',
      `${path}: found the unknown key "${key}", expected one of ${known.join(', ')}`,
      {
        ...(nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` }),
        details: { path, found: key, allowed: known },
      },
    );
  }
  throw new ConfigError('config', `${path}: ${issue?.message ?? 'not what the controller expects'}`, {
    details: { path, issues: checked.error.issues.map(({ path: at, message }) => ({ path: at, message })) },
  });
}
