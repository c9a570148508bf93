import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonSchemaOf } from '../../src/lab/json-schema.ts';

test.each(['lab', 'soa'] as const)('schemas/%s.json is what the code says', (name) => {
  const written: unknown = JSON.parse(readFileSync(`schemas/${name}.json`, 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(jsonSchemaOf(name))));
});
