import { expect, test } from 'vitest';
import { createGeometry } from '../../../src/array/geometry.ts';
import { ScheduleError } from '../../../src/errors.ts';
import { runSession, type ArraySession } from '../../../src/lab/array-session.ts';
import { loadLab, type Lab } from '../../../src/lab/lab.ts';
import { planSession } from '../../../src/lab/plan-session.ts';
import { simulateLab } from '../../../src/lab/simulate-lab.ts';
import { RunControl } from '../../../src/run/run-control.ts';
import type { RunEvent } from '../../../src/run/run-record.ts';
import { RunTotals } from '../../../src/run/run-totals.ts';
import { operationDigest } from '../../../src/schedule/digest.ts';

const geometry = createGeometry(2, 3);
const start = Float64Array.from({ length: 6 }, (_, index) => 1 / (8000 + 1000 * index));

function exampleLab(): Promise<Lab> {
  return loadLab('examples/text-classification.yaml');
}

interface Opened {
  readonly lab: Lab;
  readonly control?: RunControl;
  readonly updates?: number;
  readonly updatesPerOperation?: number;
}

/** Run a session on an emulated array. */
async function session(
  { lab, control = new RunControl(), updates = 4, updatesPerOperation = 2 }: Opened,
  steer: (session: ArraySession) => Promise<void>,
) {
  const program = planSession(lab, start, geometry, { updates, updatesPerOperation });
  const { backend, crossbar } = simulateLab(lab, geometry, 1, start);
  const events: RunEvent[] = [];
  const journal = { append: (event: RunEvent) => void events.push(event) };
  const engine = { backend, program, journal, control, device: lab.knowledge };
  const status = await runSession(engine, updatesPerOperation, steer);
  return { status, events, program, crossbar };
}

test('targets that move are followed, cells that are not asked are left alone, and all is recorded', async () => {
  const lab = await exampleLab();
  const wishes = [9000, 6500, 6000, 7000].map((ohms) => {
    const targets = new Float64Array(6).fill(Number.NaN);
    targets[0] = 1 / ohms;
    targets[4] = 1 / (ohms + 500);
    return targets;
  });
  const readings = new Float64Array(6);
  const { status, events, program, crossbar } = await session({ lab }, async (opened) => {
    await opened.read(readings);
    for (const targets of wishes) {
      await opened.update(targets, readings);
      for (const index of [0, 4]) {
        expect(Math.abs(readings[index]! / targets[index]! - 1)).toBeLessThan(0.05);
      }
    }
  });
  expect(status).toBe('done');
  expect(events.map(({ operation }) => operation)).toEqual([0, 1]);
  const totals = new RunTotals(geometry);
  for (const event of events) {
    expect(event.digest).toBe(operationDigest(program.schedule.operations[event.operation]!));
    totals.add(event);
  }
  const after = crossbar.conductances();
  const last = totals.conductances();
  for (const index of [0, 4]) {
    expect(last[index]).toBe(readings[index]);
    expect(after[index]! / readings[index]!).toBeCloseTo(1, 3);
  }
  for (const index of [1, 2, 3, 5]) {
    expect(after[index]! / start[index]!).toBeCloseTo(1, 14);
  }
  // What the record says of pulses and heat is what the array has had.
  const { pulses, energyJoules } = totals.summary();
  expect(pulses).toBeGreaterThan(4);
  const { pulse, read } = crossbar.ledger.snapshot();
  expect(pulse.count).toBe(pulses);
  expect(energyJoules).toBeCloseTo(pulse.joules + read.joules, 15);
});

test('a wish within the tolerance costs one read and no pulse', async () => {
  const lab = await exampleLab();
  const { events } = await session({ lab }, async (opened) => {
    await opened.update(start, new Float64Array(6));
  });
  expect(events).toHaveLength(1);
  const { result } = events[0]!;
  expect(result).toMatchObject({ kind: 'programVerify', cells: { length: 6 } });
  const totals = new RunTotals(geometry);
  totals.add(events[0]!);
  expect(totals.summary()).toMatchObject({ pulses: 0, reads: 6, converged: 6 });
});

test('more updates than were certified are refused', async () => {
  const lab = await exampleLab();
  const readings = new Float64Array(6);
  const running = session({ lab, updates: 2 }, async (opened) => {
    for (let update = 0; update < 3; update++) {
      await opened.update(start, readings);
    }
  });
  await expect(running).rejects.toThrow(/update 3 has no operation; the certified program allows 2 updates/u);
});

test('a session whose worst case crosses a limit is not planned', async () => {
  const lab = await exampleLab();
  const extent = { updates: 1_000_000, updatesPerOperation: 1000 };
  expect(() => planSession(lab, start, geometry, extent)).toThrow(ScheduleError);
});

test('an answer that crosses a limit ends the session, and what was done before it is recorded', async () => {
  const lab = await exampleLab();
  const { safeOperatingArea } = lab;
  const strict = {
    ...lab,
    safeOperatingArea: {
      ...safeOperatingArea,
      response: { ...safeOperatingArea.response, conductance: { min: 30e-6, max: 130e-6 } },
    },
  };
  const targets = new Float64Array(6).fill(Number.NaN);
  targets[0] = 1 / 4000;
  await expect(
    session({ lab: strict }, (opened) => opened.update(targets, new Float64Array(6))),
  ).rejects.toThrow(/conductance/u);
});

test('a session that is asked to pause says so, and its end is recorded', async () => {
  const lab = await exampleLab();
  const control = new RunControl();
  const { status, events } = await session({ lab, control }, async (opened) => {
    await opened.update(start, new Float64Array(6));
    control.requestPause();
    expect(opened.interrupted).toBe(true);
  });
  expect(status).toBe('interrupted');
  expect(events).toHaveLength(1);
});
