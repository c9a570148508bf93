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
  const bytes = { received: 0, sent: 0 };
  const line = (instrument: VirtualBoard): VirtualBoard => {
    const counted = countBytes(instrument, bytes);
    return faults === null
      ? counted
      : new FaultyBoard(counted, { toBoard: faults, toHost: faults }, seed, systemClock);
  };
  const terminals: PseudoTerminal[] = [];
  const stop = listenForStop();
  try {
    terminals.push(await PseudoTerminal.open(line(board), link));
    for (const [beside, instrument] of Object.entries(board.beside ?? {})) {
      terminals.push(await PseudoTerminal.open(line(instrument), `${link}-${beside}`));
    }
    const links = terminals.map((terminal) => terminal.link).join(' and ');
    const size = `${geometry.wordLines} x ${geometry.bitLines}`;
    output.note(
      `ready: virtual ${name} at ${links}, ${size} cells of ${lab.device.model.name}, seed ${seed}; Ctrl+C ends`,
    );
    await endOf(terminals, stop.asked);
  } finally {
    stop.release();
    await Promise.all(terminals.map((terminal) => terminal.close()));
  }
  return {
    document: {
      controller: name,
      link,
      ...geometry,
      seed,
      bytesReceived: bytes.received,
      bytesSent: bytes.sent,
    },
    text: `ended      ${bytes.received} bytes received, ${bytes.sent} sent`,
  };
}

/** Ctrl+C, and being asked to end. */
function listenForStop() {
  let stop: () => void = () => {};
  const asked = new Promise<'asked'>((resolve) => (stop = () => resolve('asked')));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const release = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  return { asked, release };
}

/** Resolves when it is asked for; rejects when a terminal goes first. */
async function endOf(terminals: readonly PseudoTerminal[], asked: Promise<'asked'>): Promise<void> {
  const gone = terminals.map(async (terminal) => terminal.gone.then(() => terminal));
  const first = await Promise.race([asked, ...gone]);
  if (first !== 'asked') {
    throw new ToolError('tool-failed', `${first.link}: socat ended, and the pseudo-terminal with it`);
  }
}

function countBytes(board: VirtualBoard, total: { received: number; sent: number }): VirtualBoard {
  return {
    receive(bytes) {
      total.received += bytes.length;
      board.receive(bytes);
    },
    attach(send) {
      board.attach((bytes) => {
        total.sent += bytes.length;
        send(bytes);
      });
    },
  };
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
