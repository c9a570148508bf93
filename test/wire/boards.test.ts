import { afterEach, describe, expect, test } from 'vitest';
import { connectController } from '../../firmware-bridge/connect-controller.ts';
import { controllerNames, controllerTable } from '../../firmware-bridge/controller-table.ts';
import { systemClock } from '../../firmware-bridge/transport/clock.ts';
import { SerialPortStream } from '../../firmware-bridge/transport/serial-port-stream.ts';
import { createGeometry } from '../../src/array/geometry.ts';
import { arrayOptions } from '../../src/backend-table.ts';
import { loadLab, type Lab } from '../../src/lab/lab.ts';
import { planLab } from '../../src/lab/plan-lab.ts';
import { simulatedOptions } from '../../src/lab/simulate-lab.ts';
import { runProgram } from '../../src/run/engine.ts';
import { RunControl } from '../../src/run/run-control.ts';
import type { RunEvent } from '../../src/run/run-record.ts';
import { hasSocat, terminalOf } from './terminal.ts';

type Name = (typeof controllerNames)[number];

/** What is programmed, small enough for a test: lines, and the ends of the targets. */
const cases: Readonly<Record<Name, { words: number; bits: number; low: number; high: number }>> = {
  'arc-one': { words: 4, bits: 4, low: 68e-6, high: 88e-6 },
  'open-mena': { words: 3, bits: 2, low: 2e-4, high: 5e-4 },
  'bench-kit': { words: 6, bits: 1, low: 67e-6, high: 88e-6 },
  'arc-dico': { words: 6, bits: 1, low: 67e-6, high: 88e-6 },
};

/** The lab of a controller's example, with ports of its own for what stands beside it. */
function wired(lab: Lab, ports: Readonly<Record<string, string>>): Record<string, unknown> {
  const board: Record<string, unknown> = { ...lab.config.controller.board };
  for (const [name, port] of Object.entries(ports)) {
    board[name] = { ...(board[name] as object), port };
  }
  return board;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close()));
});

describe.skipIf(!hasSocat).each(controllerNames)('%s over a pseudo-terminal', (name) => {
  test('is recognised, and a write-verify of its example ends within tolerance', async () => {
    const { words, bits, low, high } = cases[name];
    const lab = await loadLab(`examples/${name}.yaml`);
    const controller = await controllerTable[name]();
    const geometry = createGeometry(words, bits);
    const { board: settings, virtual } = lab.config.controller;
    const twin = controller.createVirtualBoard(
      { ...simulatedOptions(lab, geometry, 1), clock: systemClock },
      virtual,
      settings,
    );
    const terminal = await terminalOf(twin);
    const ports: Record<string, string> = {};
    for (const [beside, instrument] of Object.entries(twin.beside ?? {})) {
      ports[beside] = (await terminalOf(instrument)).link;
    }
    const probe = await SerialPortStream.open(terminal.link, controller.line, { clock: systemClock });
    expect(await controller.identify(probe, systemClock)).not.toBeNull();
    await probe.close();

    const targets = Float64Array.from(
      { length: words * bits },
      (_, cell) => low + ((high - low) * cell) / (words * bits - 1),
    );
    const program = planLab(lab, targets, geometry);
    const connection = await connectController(
      controller,
      terminal.link,
      arrayOptions({ lab, geometry }),
      wired(lab, ports),
    );
    open.push(connection);
    const events: RunEvent[] = [];
    await runProgram({
      backend: connection.backend,
      program,
      control: new RunControl(),
      device: lab.knowledge,
      journal: { append: (event) => void events.push(event) },
    });
    const outcomes = events
      .flatMap(({ result }) => (result.kind === 'programVerify' ? result.cells : []))
      .slice(-words * bits)
      .map(({ outcome }) => outcome);
    expect(outcomes).toEqual(Array.from(targets, () => 'converged'));
  });
});

test.skipIf(!hasSocat).each(['bench-kit', 'arc-dico'] as const)(
  '%s: an instrument beside whose port nobody names',
  async (name) => {
    const { words, bits } = cases[name];
    const lab = await loadLab(`examples/${name}.yaml`);
    const controller = await controllerTable[name]();
    const geometry = createGeometry(words, bits);
    const { board, virtual } = lab.config.controller;
    const twin = controller.createVirtualBoard(
      { ...simulatedOptions(lab, geometry, 1), clock: systemClock },
      virtual,
      board,
    );
    const [beside = ''] = Object.keys(twin.beside ?? {});
    const terminal = await terminalOf(twin);
    const settings = wired(lab, {});
    settings[beside] = { ...(settings[beside] as object), port: undefined };
    const connection = await connectController(
      controller,
      terminal.link,
      arrayOptions({ lab, geometry }),
      settings,
    );
    open.push(connection);
    await expect(connection.backend.open()).rejects.toThrow(`controller.board.${beside}.port is missing`);
  },
);
