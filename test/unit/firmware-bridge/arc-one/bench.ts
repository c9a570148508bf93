import type { Geometry } from '../../../../src/array/geometry.ts';
import { loadLab, type Lab } from '../../../../src/lab/lab.ts';
import { planLab } from '../../../../src/lab/plan-lab.ts';
import { simulatedOptions } from '../../../../src/lab/simulate-lab.ts';
import type { Backend, CheckedProgram } from '../../../../src/run/backend.ts';
import { runProgram } from '../../../../src/run/engine.ts';
import { RunControl } from '../../../../src/run/run-control.ts';
import type { RunEvent } from '../../../../src/run/run-record.ts';
import type { SimulatedBackendOptions } from '../../../../src/run/simulated-backend.ts';
import { certify } from '../../../../src/schedule/compile.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { createSchedule } from '../../../../src/schedule/schedule.ts';
import { ArcOneBackend } from '../../../../firmware-bridge/arc-one/arc-one-backend.ts';
import { arcOneSettingsSchema, type ArcOneSettings } from '../../../../firmware-bridge/arc-one/settings.ts';
import {
  createVirtualArcOne,
  type VirtualArcOne,
} from '../../../../firmware-bridge/arc-one/virtual-arc-one.ts';
import { virtualSettingsSchema } from '../../../../firmware-bridge/arc-one/virtual-settings.ts';
import type { BoardOptions } from '../../../../firmware-bridge/controller.ts';
import type { ByteStream } from '../../../../firmware-bridge/transport/byte-stream.ts';
import { systemClock, type Clock } from '../../../../firmware-bridge/transport/clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';

/** The lab of the examples, with ArC ONE. */
export function arcLab(): Promise<Lab> {
  return loadLab('examples/arc-one.yaml');
}

/** Rests that a test need not sit through. */
const quick = {
  timeouts: { answer: '2 s', start: '2 s', settle: '0 s' },
  pace: { rest: '0 s' },
};

export function arcSettings(changes: Record<string, unknown> = {}): ArcOneSettings {
  return arcOneSettingsSchema.parse({ array: 'tiox-socket', ...quick, ...changes });
}

/** The lab without any noise: cells differ in where they start, and in nothing else. */
export function quietLab(lab: Lab): Lab {
  const array = {
    ...lab.config.array,
    initial: { ...lab.config.array.initial, spread: { distribution: 'normal', relative: 0.05 } },
    deviceToDevice: {},
    cycleToCycle: 0,
    readNoise: { distribution: 'normal', relative: 0 },
    stuck: { high: 0, low: 0 },
  } as const;
  return { ...lab, config: { ...lab.config, array } };
}

/** Array and read channel of the lab, without any noise. */
export function quietArray(lab: Lab, geometry: Geometry, seed = 1): SimulatedBackendOptions {
  return simulatedOptions(quietLab(lab), geometry, seed);
}

export interface VirtualBench {
  readonly board: VirtualArcOne;
  readonly array: SimulatedBackendOptions;
}

export function virtualBench(
  lab: Lab,
  geometry: Geometry,
  options: {
    readonly clock?: Clock;
    readonly virtual?: Record<string, unknown>;
    readonly board?: Record<string, unknown>;
  } = {},
): VirtualBench {
  const array = quietArray(lab, geometry);
  const board = createVirtualArcOne(
    { ...array, clock: options.clock ?? systemClock },
    virtualSettingsSchema.parse(options.virtual ?? {}),
    arcSettings(options.board),
  );
  return { board, array };
}

/** A driver in front of some line. */
export function arcBackend(
  lab: Lab,
  geometry: Geometry,
  line: ByteStream | (() => Promise<ByteStream>),
  settings: ArcOneSettings = arcSettings(),
  changes: Partial<BoardOptions> = {},
): ArcOneBackend {
  return new ArcOneBackend(
    {
      connect: typeof line === 'function' ? line : async () => line,
      clock: systemClock,
      geometry,
      driver: lab.driver,
      device: lab.knowledge,
      gap: lab.config.controller.gap,
      permission: null,
      ...changes,
    },
    settings,
  );
}

/** A driver in front of a virtual board, in memory. */
export function memoryBackend(
  lab: Lab,
  geometry: Geometry,
  bench: VirtualBench,
  settings: ArcOneSettings = arcSettings(),
): ArcOneBackend {
  return arcBackend(lab, geometry, connectBoard(bench.board, 'virtual', { clock: systemClock }), settings);
}

export function targetsOf(geometry: Geometry, seed = 7): Float64Array {
  let state = seed;
  return Float64Array.from({ length: geometry.wordLines * geometry.bitLines }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 68e-6 + (20e-6 * state) / 2 ** 32;
  });
}

export function writeVerifyProgram(lab: Lab, geometry: Geometry): CheckedProgram {
  return planLab(lab, targetsOf(geometry), geometry);
}

export function programOf(lab: Lab, geometry: Geometry, operations: readonly Operation[]): CheckedProgram {
  const schedule = createSchedule(geometry, operations);
  const { safeOperatingArea, driver } = lab;
  return { schedule, safeOperatingArea, certificate: certify(schedule, safeOperatingArea, driver) };
}

export async function run(
  lab: Lab,
  backend: Backend,
  program: CheckedProgram,
  control = new RunControl(),
): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  await runProgram({
    backend,
    program,
    control,
    device: lab.knowledge,
    journal: { append: (event) => void events.push(event) },
  });
  return events;
}
