import yargs, { type Argv } from 'yargs';
import { exitCodes, UsageError, type ExitCode } from '../errors.ts';
import { readPackageInfo } from '../files/package-info.ts';
import type { Command } from './command.ts';
import { convertCommand } from './commands/convert.ts';
import { devicesCommand } from './commands/devices.ts';
import { doctorCommand } from './commands/doctor.ts';
import { experimentCommand } from './commands/experiment.ts';
import { mapCommand } from './commands/map.ts';
import { planCommand } from './commands/plan.ts';
import { programCommand } from './commands/program.ts';
import { portsCommand } from './commands/ports.ts';
import { readCommand } from './commands/read.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { schemaCommand } from './commands/schema.ts';
import { solveCommand } from './commands/solve.ts';
import { twinCommand } from './commands/twin.ts';
import { virtualCommand } from './commands/virtual.ts';
import { emitTable } from './emit-table.ts';
import { createOutput, reportError, type OutputFlags, type TextSinks } from './output.ts';

const epilogue = `Exit codes: 0 done, 1 out of tolerance or model error, 2 usage or configuration, 3 transport or controller,
4 safety stop, 5 outside tool missing, 130 interrupted with outputs safe.`;

/**
 * Run one command line.
 *
 * @param args - what follows the program's name
 * @returns the exit code; nothing is thrown
 */
export async function runCommandLine(args: readonly string[], sinks: TextSinks): Promise<ExitCode> {
  try {
    return await dispatch(args, sinks);
  } catch (error) {
    return reportError(error, args.includes('--json'), sinks);
  }
}

async function dispatch(args: readonly string[], sinks: TextSinks): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;

  function register<Flags extends object>(parser: Argv<OutputFlags>, command: Command<Flags>): void {
    parser.command(command.command, command.describe, command.builder, async (given) => {
      const flags = given as unknown as Flags & OutputFlags;
      requireOnce(given, command.lists ?? []);
      exitCode = await command.handler(flags, createOutput(flags, sinks));
    });
  }

  const root = yargs()
    .scriptName('ohmloom')
    .usage('$0 <command>\n\nPlan, emulate and program memristor crossbars.')
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'print one JSON document on stdout, nothing else',
    })
    .option('quiet', { type: 'boolean', default: false, describe: 'print no notes and no progress' })
    .version(readPackageInfo().version)
    .strict()
    .demandCommand(1, 'Name a command.')
    .recommendCommands()
    .completion('completion', 'print a completion script for bash or zsh')
    .epilogue(epilogue)
    .wrap(110)
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw error ?? new UsageError('usage', message, { hint: 'ohmloom --help' });
    });
  register(root, devicesCommand);
  register(root, planCommand);
  register(root, programCommand);
  register(root, readCommand);
  register(root, reportCommand);
  register(root, convertCommand);
  register(root, virtualCommand);
  register(root, portsCommand);
  register(root, twinCommand);
  register(root, replayCommand);
  register(root, experimentCommand);
  register(root, solveCommand);
  register(root, mapCommand);
  root.command(
    'emit',
    'write a model, an array or a pulse sequencer in the language of another tool',
    (parser) => {
      for (const command of emitTable) {
        register(parser, command);
      }
      return parser.demandCommand(1, 'Name what to emit.');
    },
  );
  register(root, schemaCommand);
  register(root, doctorCommand);
  await root.parseAsync([...args], {}, (_error, _flags, text) => {
    if (text !== '') {
      sinks.out(`${text}\n`);
    }
  });
  return exitCode;
}

/** yargs makes an array of an option that is given twice. */
function requireOnce(given: object, lists: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (Array.isArray(value) && name !== '_' && !lists.includes(name)) {
      throw new UsageError('repeated-option', `--${name}: found ${value.length} times, expected once`);
    }
  }
}
