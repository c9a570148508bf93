import { ToolError } from '../../src/errors.ts';
import { findTool } from './find-tool.ts';
import { runProgram, toolFailure, type ProgramRun } from './run-program.ts';
import { tools, type ToolName } from './tools.ts';

/**
 * Run a tool that has to succeed.
 *
 * @param failure - a line of the output that tells of a failure though the exit code is 0
 * @returns what it printed
 * @throws ToolError when it is missing or too old, or when it fails
 */
export async function runTool(
  name: ToolName,
  toolArguments: readonly string[],
  run: ProgramRun,
  failure?: RegExp,
): Promise<string> {
  const path = await requireTool(name, run.folder);
  const { exitCode, output } = await runProgram(path, toolArguments, run);
  if (exitCode !== 0) {
    throw toolFailure([path, ...toolArguments], `ended with exit code ${exitCode}`, exitCode, output);
  }
  const line = failure === undefined ? undefined : output.split('\n').find((each) => failure.test(each));
  if (line !== undefined) {
    throw toolFailure([path, ...toolArguments], `reported "${line.trim()}"`, exitCode, output);
  }
  return output;
}

/**
 * Find a tool and compare its version.
 *
 * @returns its path
 * @throws ToolError naming the package to install, or the version that was found
 */
export async function requireTool(name: ToolName, folder: string): Promise<string> {
  const { command, package: debianPackage, version, versionArguments, oldest } = tools[name];
  const path = findTool(name);
  if (path === null) {
    throw new ToolError('tool-missing', `${command}: found on no folder of PATH`, {
      hint: `Install it; the Debian package is ${debianPackage}.`,
      details: { command, package: debianPackage },
    });
  }
  const { output } = await runProgram(path, versionArguments, { folder });
  const [, major, minor] = version.exec(output) ?? [];
  const found = major === undefined ? 'no version' : `version ${major}.${minor ?? 0}`;
  const expected = `${oldest[0]}.${oldest[1]} or later`;
  if (major === undefined || isOlder(Number(major), Number(minor ?? 0), oldest)) {
    throw new ToolError('tool-version', `${path}: found ${found}, expected ${expected}`, {
      details: { command, path, found, allowed: expected },
    });
  }
  return path;
}

function isOlder(
  major: number,
  minor: number,
  [oldestMajor, oldestMinor]: readonly [number, number],
): boolean {
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
