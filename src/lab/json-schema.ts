import { z } from 'zod';
import { configForm } from '../programming/parameter-form.ts';
import { policyTable } from '../programming/policy-table.ts';
import { safeOperatingAreaSchema } from '../schedule/safe-operating-area-schema.ts';
import { labSchema } from './lab-config.ts';

/** JSON Schema 2020-12 of a configuration file, as an editor reads it. */
export function jsonSchemaOf(name: 'lab' | 'soa'): Record<string, unknown> {
  if (name === 'soa') {
    return inputSchema(safeOperatingAreaSchema);
  }
  const schema = inputSchema(labSchema);
  const { program } = schema['properties'] as { program: { properties: Record<string, unknown> } };
  program.properties['policy'] = { oneOf: Object.values(policyTable).map(policySchema) };
  return schema;
}

function policySchema(policy: (typeof policyTable)[keyof typeof policyTable]): Record<string, unknown> {
  const { $schema: _, ...schema } = inputSchema(policy.schema(configForm));
  return {
    ...schema,
    title: policy.title,
    properties: { name: { const: policy.name }, ...(schema['properties'] as object) },
    required: ['name', ...((schema['required'] as string[] | undefined) ?? [])],
  };
}

function inputSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input' });
}
