import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tools, type ToolName } from './tools.ts';

/** Path of a tool, or null when it is not installed. */
export function findTool(name: ToolName): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder === '' ? '.' : folder, tools[name].command);
    if (isProgram(path)) {
      return path;
    }
  }
  return null;
}

/** The tools of a list that are not installed, to say why a test is skipped. */
export function missingTools(names: readonly ToolName[]): ToolName[] {
  return names.filter((name) => findTool(name) === null);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
