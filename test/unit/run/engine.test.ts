import { expect, test } from 'vitest';
import type { Lab } from '../../../src/lab/lab.ts';
import { simulatedOptions, simulateLab } from '../../../src/lab/simulate-lab.ts';
import type { Backend, CheckedProgram } from '../../../src/run/backend.ts';
import { runProgram } from '../../../src/run/engine.ts';
import { RunControl } from '../../../src/run/run-control.ts';
import type { RunEvent } from '../../../src/run/run-record.ts';
import { SimulatedBackend } from '../../../src/run/simulated-backend.ts';
import { exampleLab, geometry, targets, writeVerifyProgram } from './bench-program.ts';

/** A simulated backend that writes down which methods were called. */
class LoggedBackend extends SimulatedBackend {
  readonly calls: string[] = [];
  onExecute: (index: number) => void = () => {};

  override async open(): Promise<void> {
    this.calls.push('open');
    await super.open();
  }
  override async arm(program: CheckedProgram): Promise<void> {
    this.calls.push('arm');
    await super.arm(program);
  }
  override async execute(index: number) {
    this.calls.push(`execute ${index}`);
    this.onExecute(index);
    return super.execute(index);
  }
  override async safe(): Promise<void> {
    this.calls.push('safe');
    await super.safe();
  }
  override async close(): Promise<void> {
    this.calls.push('close');
    await super.close();
  }
}

function logged(lab: Lab): LoggedBackend {
  return new LoggedBackend(simulatedOptions(lab, geometry, 1));
}

async function run(lab: Lab, backend: Backend, program: CheckedProgram, control = new RunControl()) {
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

test('operations run once each, in order, and the outputs end safe and closed', async () => {
  const lab = await exampleLab();
  const backend = logged(lab);
  const program = writeVerifyProgram(lab);
  const { status, events } = await run(lab, backend, program);
  const count = program.schedule.operations.length;
  expect(status).toBe('done');
  expect(events.map(({ operation }) => operation)).toEqual([...Array(count).keys()]);
  expect(backend.calls.filter((call) => call.startsWith('execute'))).toHaveLength(count);
  expect(backend.calls.slice(-3)).toEqual(['safe', 'close', 'safe']);
});

test('every cell ends within tolerance of its target, and the clock only moves forward', async () => {
  const lab = await exampleLab();
  const { crossbar, backend } = simulateLab(lab, geometry, 3);
  const { events } = await run(lab, backend, writeVerifyProgram(lab));
  for (const [index, conductance] of crossbar.conductances().entries()) {
    expect(Math.abs(conductance / targets[index]! - 1)).toBeLessThan(0.02);
  }
  const times = events.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[1]).toBe(events[0]?.result.cost.seconds);
});

test('the native loop and the expanded loop leave the same bits and the same traces', async () => {
  const lab = await exampleLab();
  const program = writeVerifyProgram(lab);
  const native = simulateLab(lab, geometry, 5);
  const expanded = simulatedOptions(lab, geometry, 5);
  const first = await run(lab, native.backend, program);
  const second = await run(lab, new SimulatedBackend({ ...expanded, policies: [] }), program);
  expect(expanded.crossbar.states()).toEqual(native.crossbar.states());
  const cellsOf = (events: RunEvent[]) =>
    events.map(({ result }) => (result.kind === 'programVerify' ? result.cells : result.kind));
  expect(cellsOf(second.events)).toEqual(cellsOf(first.events));
});

test('a pause ends the run after the operation, a stop makes the outputs safe at once', async () => {
  const lab = await exampleLab();
  const program = writeVerifyProgram(lab);
  const paused = logged(lab);
  const pause = new RunControl();
  paused.onExecute = (index) => index === 2 && pause.requestPause();
  expect(await run(lab, paused, program, pause)).toMatchObject({ status: 'interrupted' });
  expect(paused.calls).toContain('execute 2');
  expect(paused.calls).not.toContain('execute 3');

  const stopped = logged(lab);
  const stop = new RunControl();
  stopped.onExecute = (index) => index === 1 && stop.requestStop();
  await expect(run(lab, stopped, program, stop)).rejects.toThrow('no checked program is armed');
  const after = stopped.calls.slice(stopped.calls.indexOf('execute 1'));
  expect(after.slice(0, 2)).toEqual(['execute 1', 'safe']);
  expect(stopped.calls.at(-1)).toBe('safe');
});

test('a journal that fails stops the run before the next operation', async () => {
  const lab = await exampleLab();
  const backend = logged(lab);
  const failing = {
    append: () => {
      throw new Error('disk full');
    },
  };
  await expect(
    runProgram({
      backend,
      program: writeVerifyProgram(lab),
      journal: failing,
      control: new RunControl(),
      device: lab.knowledge,
    }),
  ).rejects.toThrow('disk full');
  expect(backend.calls.filter((call) => call.startsWith('execute'))).toEqual(['execute 0']);
  expect(backend.calls).toContain('close');
});

test('an answer outside the accepted range stops the run with the outputs safe', async () => {
  const lab = await exampleLab();
  const narrow: Lab = {
    ...lab,
    safeOperatingArea: {
      ...lab.safeOperatingArea,
      response: { ...lab.safeOperatingArea.response, conductance: { min: 60e-6, max: 75e-6 } },
    },
    knowledge: { ...lab.knowledge, range: { min: 60e-6, max: 75e-6 } },
  };
  const start = new Float64Array(12).fill(80e-6);
  const { backend } = simulateLab(narrow, geometry, 1, start);
  const program = writeVerifyProgram({ ...narrow });
  await expect(run(narrow, backend, program)).rejects.toMatchObject({
    name: 'SafetyStop',
    exitCode: 4,
    details: { limit: 'response.conductance', cell: { word: 0, bit: 0 } },
  });
});
