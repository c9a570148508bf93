import { z } from 'zod';
import type { ConfigPath } from './config-issue.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * List the keys that a schema knows in the map at a path, read from its JSON Schema. A map that takes any key has none.
 *
 * @example
 * knownKeys(z.strictObject({ seed: z.int() }), []); // ["seed"]
 */
export function knownKeys(schema: z.ZodType, path: ConfigPath): string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'ref' });
  let reached: JsonSchema[] = alternatives(root, root);
  for (const part of path) {
    reached = reached.flatMap((node) => childSchemas(node, part)).flatMap((node) => alternatives(node, root));
  }
  const closed = reached.filter((node) => node.additionalProperties === false);
  return [...new Set(closed.flatMap((node) => Object.keys(node.properties ?? {})))];
}

function childSchemas(node: JsonSchema, part: string | number): JsonSchema[] {
  const { items, prefixItems, properties, additionalProperties } = node;
  const candidates =
    typeof part === 'number'
      ? [prefixItems?.[part], Array.isArray(items) ? items[part] : items]
      : [properties?.[part] ?? additionalProperties];
  return candidates.filter((child) => typeof child === 'object');
}

function alternatives(node: JsonSchema, root: JsonSchema, depth = 0): JsonSchema[] {
  const target = node.$ref === undefined ? node : (root.$defs?.[node.$ref.replace('#/$defs/', '')] ?? root);
  const branches = [...(target.anyOf ?? []), ...(target.oneOf ?? []), ...(target.allOf ?? [])].filter(
    (branch) => typeof branch === 'object',
  );
  const nested = depth === 8 ? [] : branches.flatMap((branch) => alternatives(branch, root, depth + 1));
  return [target, ...nested];
}
