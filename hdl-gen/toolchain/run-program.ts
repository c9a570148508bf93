import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { ToolError } from '../../src/errors.ts';
import type { Seconds } from '../../src/units.ts';

/** Where a program runs, and for how long. */
export interface ProgramRun {
  /** Working folder; most tools leave files in it. */
  readonly folder: string;
  /** Time after which it is ended, with all that it started. */
  readonly deadline?: Seconds;
}

export interface ProgramResult {
  readonly exitCode: number;
  /** What it printed on both streams, as it came. */
  readonly output: string;
}

const defaultDeadline: Seconds = 120;

/** A tool that prints more than this is out of control. */
const mostOutput = 64 * 2 ** 20;

/**
 * Run a program to its end, whatever it thinks of its input.
 *
 * @throws ToolError when it cannot be started, is ended by a signal, passes its deadline or prints without end
 */
export async function runProgram(
  path: string,
  programArguments: readonly string[],
  { folder, deadline = defaultDeadline }: ProgramRun,
): Promise<ProgramResult> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let stopped = '';
  const { exitCode, signal } = await new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>(
    (resolve, reject) => {
      // In a process group of its own, because make, g++ and solvers outlive the tool that started them.
      const child = spawn(path, programArguments, {
        cwd: folder,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const stop = (why: string): void => {
        if (stopped === '' && child.pid !== undefined) {
          stopped = why;
          process.kill(-child.pid, 'SIGKILL');
        }
      };
      const timer = setTimeout(() => {
        stop(`did not end within ${deadline} s`);
      }, deadline * 1000);
      const collect = (chunk: Buffer): void => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > mostOutput) {
          stop(`printed more than ${mostOutput} bytes`);
        }
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.on('error', (cause) => {
        clearTimeout(timer);
        const context = { details: { command: path, folder }, cause };
        reject(new ToolError('tool-start', `${path}: could not be started`, context));
      });
      child.on('close', (code, closedBy) => {
        clearTimeout(timer);
        resolve({ exitCode: code, signal: closedBy });
      });
    },
  );
  const output = Buffer.concat(chunks).toString('utf8');
  if (stopped !== '' || exitCode === null) {
    throw toolFailure([path, ...programArguments], stopped || `was ended by ${signal}`, exitCode, output);
  }
  return { exitCode, output };
}

/** The error of a tool that ran and failed, with the last lines of what it printed. */
export function toolFailure(
  command: readonly string[],
  what: string,
  exitCode: number | null,
  output: string,
): ToolError {
  const lastLines = output.trimEnd().split('\n').slice(-20).join('\n');
  return new ToolError('tool-failed', `${basename(command[0] ?? '')} ${what}:\n${lastLines}`, {
    details: { command: command.join(' '), exitCode, lastLines },
  });
}
