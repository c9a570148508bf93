import { isWithinTolerance } from '../programming/policy.ts';
import type { CellResult, OperationResult } from '../run/backend.ts';
import { cellTask, type DeviceKnowledge } from '../run/device-knowledge.ts';
import type { DriverGrid } from '../schedule/driver-grid.ts';
import type { Operation, ProgramVerifyOperation } from '../schedule/operation.ts';
import { roundOperation } from '../schedule/round-operation.ts';
import type { Seconds } from '../units.ts';
import { requireThat } from './law.ts';

/** Part of a time that adding up may lose. */
const slack = 1e-9;

/**
 * Hold the answer to an operation to be one: of its kind, for its cells, with the numbers that the registers hold,
 * finite, and in no less time than the operation takes.
 */
export function requirePlausible(
  asked: Operation,
  result: OperationResult,
  driver: DriverGrid,
  device: DeviceKnowledge,
): void {
  const held = roundOperation(asked, driver);
  const { seconds, joules, coulombs } = result.cost;
  requireThat(
    [seconds, joules, coulombs].every((value) => value >= 0 && value < Infinity),
    () => `the cost is ${seconds} s, ${joules} J, ${coulombs} C`,
  );
  requireThat(
    seconds >= leastSeconds(held, result) * (1 - slack),
    () => `the operation took ${seconds} s, its pulses alone take ${leastSeconds(held, result)} s`,
  );
  if (held.kind === 'pulse' && result.kind === 'pulse') {
    requireHeld(held, result);
  } else if (held.kind === 'read' && result.kind === 'read') {
    requireHeld(held, result);
    const cells = result.readings.map(({ cell }) => cell);
    requireThat(sameJson(cells, held.cells), () => `read ${JSON.stringify(cells)}, not the cells asked for`);
    for (const { conductance } of result.readings) {
      requireThat(Number.isFinite(conductance), () => `a reading is ${conductance} S`);
    }
  } else if (held.kind === 'frame' && result.kind === 'frame') {
    const expected = held.sense ? held.bitVolts.length : 0;
    const { bitCurrents } = result;
    requireThat(
      bitCurrents.length === expected && bitCurrents.every(Number.isFinite),
      () => `the bit-line currents are ${bitCurrents.join(' ')} A, expected ${expected}`,
    );
  } else if (held.kind === 'programVerify' && result.kind === 'programVerify') {
    const cells = result.cells.map(({ cell }) => cell);
    requireThat(
      sameJson(cells, held.cells),
      () => `programmed ${JSON.stringify(cells)}, not those asked for`,
    );
    for (const [position, cell] of result.cells.entries()) {
      requirePlausibleCell(held, position, cell, device);
    }
  } else {
    requireThat(held.kind === result.kind, () => `a ${held.kind} is answered by a ${result.kind}`);
  }
}

interface Held {
  readonly volts: number;
  readonly width: number;
}

function requireHeld(held: Held, found: Held): void {
  requireThat(
    held.volts === found.volts && held.width === found.width,
    () =>
      `${found.volts} V for ${found.width} s was done, the registers hold ${held.volts} V, ${held.width} s`,
  );
}

function requirePlausibleCell(
  held: ProgramVerifyOperation,
  position: number,
  { target, outcome, before, conductance, trace }: CellResult,
  device: DeviceKnowledge,
): void {
  const { pulses, maxPulses } = held.envelope;
  const task = cellTask(device, held, position);
  requireThat(target === task.target, () => `the target is ${target} S, asked was ${task.target} S`);
  requireThat(
    [before, conductance, ...trace.map((step) => step.conductance)].every(Number.isFinite),
    () => `a reading of cell ${position} is not finite`,
  );
  requireThat(trace.length <= maxPulses, () => `${trace.length} pulses, allowed ${maxPulses}`);
  for (const { volts, width } of trace) {
    requireThat(
      pulses.some((pulse) => pulse.volts === volts && pulse.width === width),
      () => `${volts} V for ${width} s is not in the envelope`,
    );
  }
  const reached = isWithinTolerance(task, conductance);
  requireThat(
    outcome === 'unreachable' || (outcome === 'converged') === reached,
    () => `cell ${position} ends with ${outcome} at ${conductance} S for a target of ${target} S`,
  );
}

/** Time of the acts alone, without any rest between them. */
function leastSeconds(held: Operation, result: OperationResult): Seconds {
  switch (held.kind) {
    case 'pulse':
    case 'frame':
      return held.width;
    case 'read':
      return held.cells.length * held.width;
    case 'wait':
      return held.seconds;
    case 'programVerify': {
      const cells = result.kind === 'programVerify' ? result.cells : [];
      const pulses = cells.flatMap(({ trace }) => trace);
      return pulses.reduce((sum, { width }) => sum + width, cells.length * held.read.width);
    }
  }
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
