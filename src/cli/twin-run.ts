import { compareRecords, type RecordDifference } from '../../firmware-bridge/compare-records.ts';
import { controllerTable, type ControllerName } from '../../firmware-bridge/controller-table.ts';
import { cellCount, createGeometry, cellIndex, type Geometry } from '../array/geometry.ts';
import { openBoard } from '../backend-table.ts';
import { loadLab, type Lab } from '../lab/lab.ts';
import { readPlan } from '../lab/plan-folder.ts';
import { planLab } from '../lab/plan-lab.ts';
import { readTargets } from '../lab/read-targets.ts';
import { simulateLab } from '../lab/simulate-lab.ts';
import { conductanceRange } from '../model/state-at-conductance.ts';
import { planReadout } from '../programming/plan-array.ts';
import { formatQuantity } from '../quantity.ts';
import type { Backend, CheckedProgram } from '../run/backend.ts';
import { runProgram } from '../run/engine.ts';
import { RunControl } from '../run/run-control.ts';
import type { RunEvent } from '../run/run-record.ts';
import { certify } from '../schedule/compile.ts';
import { createSchedule } from '../schedule/schedule.ts';
import { parseDeviceChoice } from './device-choice.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { exampleConfig } from './virtual-board.ts';

interface TwinFlags {
  readonly controller: ControllerName;
  readonly port: string;
  readonly config: string | undefined;
  readonly device: string | undefined;
  readonly target: string | undefined;
  readonly plan: string | undefined;
  readonly permit: string | undefined;
  readonly trace: string | undefined;
  readonly seed: number;
}

/**
 * Read the board, give the emulator what was read, run one schedule on both and compare. Without a target every cell
 * is read once more, which changes next to nothing.
 */
export async function runTwin(flags: TwinFlags, output: Output) {
  const { controller, port, permit, trace } = flags;
  const device = flags.device === undefined ? undefined : parseDeviceChoice(flags.device);
  const lab = await loadLab(flags.config ?? exampleConfig(controller), device);
  const program = await programOf(flags, lab);
  const { geometry } = program.schedule;
  const control = new RunControl();
  const stopListening = listenForInterrupt(control, output);
  const { backend, close } = await openBoard({ lab, geometry }, { controller, port, permit, trace });
  try {
    const start = await record(lab, backend, readout(lab, geometry), control);
    const emulated = simulateLab(lab, geometry, flags.seed, startOf(lab, geometry, start.events)).backend;
    const board = await record(lab, backend, program, control);
    const twin = await record(lab, emulated, program, control);
    const status = [start, board, twin].every((run) => run.status === 'done') ? 'done' : 'interrupted';
    const comparison = compareRecords(board.events, twin.events);
    const { readings, first, largest } = comparison;
    return {
      status,
      document: { status, controller, port, operations: board.events.length, ...comparison },
      text: [
        `compared   ${board.events.length} operations, ${readings} readings`,
        `first      ${first === null ? 'no difference' : described(first)}`,
        `largest    ${largest === null ? 'nothing was read' : described(largest)}`,
      ].join('\n'),
    };
  } finally {
    stopListening();
    await close();
  }
}

async function programOf({ target, plan, controller }: TwinFlags, lab: Lab): Promise<CheckedProgram> {
  if (plan !== undefined) {
    return (await readPlan(plan)).program;
  }
  if (target !== undefined) {
    const { targets, geometry } = await readTargets(target);
    return planLab(lab, targets, geometry);
  }
  const { largestArray } = await controllerTable[controller]();
  const { wordLines = largestArray.wordLines, bitLines = largestArray.bitLines } = lab.config.array;
  return readout(lab, createGeometry(wordLines, bitLines));
}

function readout(lab: Lab, geometry: Geometry): CheckedProgram {
  const schedule = createSchedule(geometry, planReadout(geometry, lab.read));
  const { safeOperatingArea, driver } = lab;
  return { schedule, safeOperatingArea, certificate: certify(schedule, safeOperatingArea, driver) };
}

async function record(lab: Lab, backend: Backend, program: CheckedProgram, control: RunControl) {
  const events: RunEvent[] = [];
  const status = await runProgram({
    backend,
    program,
    control,
    device: lab.knowledge,
    journal: { append: (event) => void events.push(event) },
  });
  return { status, events };
}

/** What was read, at the nearest end of what the device model can be where it lies beyond. */
function startOf(lab: Lab, geometry: Geometry, events: readonly RunEvent[]): Float64Array {
  const { model, parameters } = lab.device;
  const { min, max } = conductanceRange(model, lab.read.volts, parameters);
  const start = new Float64Array(cellCount(geometry)).fill((min + max) / 2);
  for (const { result } of events) {
    for (const { cell, conductance } of result.kind === 'read' ? result.readings : []) {
      start[cellIndex(geometry, cell)] = Math.min(Math.max(conductance, min), max);
    }
  }
  return start;
}

function described({ operation, cell, what, board, emulator, relative }: RecordDifference): string {
  const place = cell === null ? `operation ${operation}` : `operation ${operation}, ${cell}`;
  const shown = (value: number | string): string =>
    typeof value === 'number' && relative !== null ? formatQuantity(value, 'conductance', 6) : String(value);
  const part = relative === null ? '' : ` (${(100 * relative).toPrecision(3)} %)`;
  return `${place}: ${what}: board ${shown(board)}, emulator ${shown(emulator)}${part}`;
}
