import { join } from 'node:path';
import { controllerTable, type ControllerName } from '../../firmware-bridge/controller-table.ts';
import { systemClock } from '../../firmware-bridge/transport/clock.ts';
import { noLineFaults, type LineFaults } from '../../firmware-bridge/transport/fault-line.ts';
import { FaultyBoard } from '../../firmware-bridge/virtual/faulty-board.ts';
import { PseudoTerminal } from '../../firmware-bridge/virtual/pseudo-terminal.ts';
import type { VirtualBoard } from '../../firmware-bridge/virtual/virtual-board.ts';
import { createGeometry, type Geometry } from '../array/geometry.ts';
import { ToolError, UsageError } from '../errors.ts';
import { packageRoot } from '../files/package-info.ts';
import { loadLab, type Lab } from '../lab/lab.ts';
import { simulatedOptions } from '../lab/simulate-lab.ts';
import { parseDeviceChoice } from './device-choice.ts';
import type { Output } from './output.ts';

interface VirtualFlags {
  readonly controller: ControllerName;
  readonly link: string;
  readonly config: string | undefined;
  readonly device: string | undefined;
  readonly seed: number;
  readonly size: string | undefined;
  readonly faults: string | undefined;
}

/** The example that comes with ohmloom for a controller. */
export function exampleConfig(controller: ControllerName): string {
  return join(packageRoot(), 'examples', `${controller}.yaml`);
}

/** Answer as a controller behind a pseudo-terminal until Ctrl+C. */
export async function serveVirtualBoard(flags: VirtualFlags, output: Output) {
  const { controller: name, link, seed } = flags;
  const device = flags.device === undefined ? undefined : parseDeviceChoice(flags.device);
  const lab = await loadLab(flags.config ?? exampleConfig(name), device);
  const faults = flags.faults === undefined ? null : parseFaults(flags.faults);
  const controller = await controllerTable[name]();
  const geometry = sizeOf(flags.size, lab, controller.largestArray);
  const { board: believed, virtual } = lab.config.controller;
  const board = controller.createVirtualBoard(
    { ...simulatedOptions(lab, geometry, seed), clock: systemClock },
    virtual,
    believed,
  );
  const counted = countBytes(board);
  const line =
    faults === null
      ? counted.board
      : new FaultyBoard(counted.board, { toBoard: faults, toHost: faults }, seed, systemClock);
  const terminal = await PseudoTerminal.open(line, link);
  const size = `${geometry.wordLines} x ${geometry.bitLines}`;
  output.note(
    `ready: virtual ${name} at ${link}, ${size} cells of ${lab.device.model.name}, seed ${seed}; Ctrl+C ends`,
  );
  try {
    await endOf(terminal);
  } finally {
    await terminal.close();
  }
  const { received, sent } = counted;
  return {
    document: { controller: name, link, ...geometry, seed, bytesReceived: received(), bytesSent: sent() },
    text: `ended      ${received()} bytes received, ${sent()} sent`,
  };
}

/** Resolves on Ctrl+C; rejects when the terminal goes first. */
async function endOf(terminal: PseudoTerminal): Promise<void> {
  let stop: () => void = () => {};
  const asked = new Promise<'asked'>((resolve) => (stop = () => resolve('asked')));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    if ((await Promise.race([asked, terminal.gone])) !== 'asked') {
      throw new ToolError('tool-failed', `${terminal.link}: socat ended, and the pseudo-terminal with it`);
    }
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function countBytes(board: VirtualBoard) {
  let received = 0;
  let sent = 0;
  const counting: VirtualBoard = {
    receive(bytes) {
      received += bytes.length;
      board.receive(bytes);
    },
    attach(send) {
      board.attach((bytes) => {
        sent += bytes.length;
        send(bytes);
      });
    },
  };
  return { board: counting, received: () => received, sent: () => sent };
}

function sizeOf(size: string | undefined, { config }: Lab, largest: Geometry): Geometry {
  const { wordLines = largest.wordLines, bitLines = largest.bitLines } = config.array;
  if (size === undefined) {
    return createGeometry(wordLines, bitLines);
  }
  const match = /^(\d{1,5})\s*x\s*(\d{1,5})$/u.exec(size);
  if (match === null) {
    throw new UsageError('size', `--size: found "${size}", expected word lines x bit lines, such as 8x8`);
  }
  return createGeometry(Number(match[1]), Number(match[2]));
}

/** Longest time that a byte is held up, seconds. */
const longestDelay = 0.05;

const faultNames = ['drop', 'duplicate', 'flip', 'delay'] as const;

/**
 * Read what a bad line does, such as `drop=1e-4,flip=1e-5`.
 *
 * @throws UsageError for an unknown fault or what is no probability
 */
export function parseFaults(text: string): LineFaults {
  const found: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split('=').map((side) => side.trim());
    const probability = value === '' ? Number.NaN : Number(value);
    if (!faultNames.some((known) => known === name) || !(probability >= 0 && probability <= 1)) {
      throw new UsageError(
        'faults',
        `--faults: found "${part.trim()}", expected one of ${faultNames.join(', ')} with a probability, such as drop=1e-4`,
      );
    }
    found[name] = probability;
  }
  return { ...noLineFaults, longestDelay, ...found };
}
