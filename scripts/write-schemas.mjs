// Writes schemas/*.json, which editors use to complete and check configuration files. Run it after a build.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonSchemaOf } from '../dist/src/lab/json-schema.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'schemas');
for (const name of ['lab', 'soa']) {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`);
}
