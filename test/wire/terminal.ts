import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PseudoTerminal } from '../../firmware-bridge/virtual/pseudo-terminal.ts';
import type { VirtualBoard } from '../../firmware-bridge/virtual/virtual-board.ts';

/** Whether pseudo-terminals can be made here; without them the wire suites are skipped, visibly. */
export const hasSocat = spawnSync('socat', ['-V'], { stdio: 'ignore' }).error === undefined;

/** A path in a folder of the test's own. */
export function scratchPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ohmloom-wire-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

/** A board behind a pseudo-terminal that is gone when the test ends. */
export async function terminalOf(board: VirtualBoard): Promise<PseudoTerminal> {
  const terminal = await PseudoTerminal.open(board, scratchPath('port'));
  onTestFinished(() => terminal.close());
  return terminal;
}
