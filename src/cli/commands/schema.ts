import { exitCodes } from '../../errors.ts';
import type { Command } from '../command.ts';

interface Flags {
  readonly name: 'lab' | 'soa';
}

export const schemaCommand: Command<Flags> = {
  command: 'schema [name]',
  describe: 'print the JSON Schema of a configuration file, for editors',
  builder: (yargs) =>
    yargs.positional('name', {
      choices: ['lab', 'soa'] as const,
      default: 'lab' as const,
      describe: 'lab configuration or safe operating area',
    }),
  async handler({ name }, output) {
    const { jsonSchemaOf } = await import('../../lab/json-schema.ts');
    const schema = jsonSchemaOf(name);
    output.result(schema, JSON.stringify(schema, null, 2));
    return exitCodes.done;
  },
};
