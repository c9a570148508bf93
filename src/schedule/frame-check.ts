import { type Cell, cellAt } from '../array/geometry.ts';
import type { Volts } from '../units.ts';
import { checkAct, checkLineCurrent, checkLines, checkWidth } from './act-limits.ts';
import type { Compilation } from './compilation.ts';
import { roundVolts, roundWidth } from './driver-grid.ts';
import { checkEndurance } from './endurance-check.ts';
import { visitFrame } from './frame-stress.ts';
import { reachesBin, ticksOf } from './victim-ticks.ts';
import type { FrameOperation } from './operation.ts';
import { roundedAway } from './rounded-away.ts';

/** Largest magnitude over the cells of one role and polarity; `index` is -1 where there is none. */
interface Extreme {
  index: number;
  magnitude: Volts;
}

/**
 * Compare a frame with the limits, and book what it does to every cell.
 *
 * @throws ScheduleError at the first limit that it crosses
 */
export function checkFrame(operation: number, frame: FrameOperation, run: Compilation): void {
  const { driver, limits } = run;
  const at = { operation, cell: null };
  const width = roundWidth(driver, frame.width);
  if (width === 0) {
    throw roundedAway(at, 'driver.stepWidth', frame.width, driver.stepWidth, 'time');
  }
  const asked = [...frame.wordVolts, ...frame.bitVolts];
  const lines = asked.map((volts) => roundVolts(driver, volts));
  const lost = asked.find((volts, line) => volts !== 0 && lines[line] === 0);
  if (lost !== undefined) {
    throw roundedAway(at, 'driver.stepVolts', lost, driver.stepVolts, 'voltage');
  }
  checkLines(lines, driver.errorVolts, at, limits);
  checkWidth({ ...at, kind: frame.sense ? 'read' : 'pulse', width }, limits);
  checkCells(operation, frame, width, run);
  bookCells(operation, frame, ticksOf(width, driver), run);
}

function checkCells(operation: number, frame: FrameOperation, width: number, run: Compilation): void {
  const { schedule, soa, driver, limits } = run;
  const positive = newExtreme();
  const negative = newExtreme();
  const victim = newExtreme();
  const { wordLines, bitLines } = schedule.geometry;
  const onWord = new Float64Array(wordLines);
  const onBit = new Float64Array(bitLines);
  let acts = false;
  visitFrame(frame, schedule.geometry, driver, soa.voltage.unselected, (index, role, polarity, magnitude) => {
    acts ||= polarity !== 0;
    onWord[Math.floor(index / bitLines)]! += magnitude;
    onBit[index % bitLines]! += magnitude;
    const addressed = polarity > 0 ? positive : negative;
    const extreme = role === 'victim' ? victim : addressed;
    if (magnitude > extreme.magnitude) {
      extreme.index = index;
      extreme.magnitude = magnitude;
    }
  });
  if (!acts) {
    throw roundedAway({ operation, cell: null }, 'driver.stepVolts', 0, driver.stepVolts, 'voltage');
  }
  const cellOf = (extreme: Extreme): Cell => cellAt(schedule.geometry, extreme.index);
  const kind = frame.sense ? 'read' : 'pulse';
  for (const [polarity, extreme] of [[1, positive] as const, [-1, negative] as const]) {
    if (extreme.index >= 0) {
      const { magnitude } = extreme;
      checkAct({ kind, operation, cell: cellOf(extreme), polarity, magnitude, width }, soa, limits);
    }
  }
  if (victim.index >= 0) {
    limits.check('voltage.unselected', victim.magnitude, { operation, cell: cellOf(victim) });
  }
  const busiest = Math.max(largest(onWord), largest(onBit));
  checkLineCurrent(busiest, { operation, cell: null }, soa, limits);
}

function bookCells(operation: number, frame: FrameOperation, ticks: number, run: Compilation): void {
  const { schedule, soa, driver, limits, endurance, halfSelect } = run;
  const { geometry } = schedule;
  visitFrame(frame, geometry, driver, soa.voltage.unselected, (index, role, polarity, magnitude) => {
    if (role === 'victim') {
      for (const [position, bin] of soa.halfSelect.entries()) {
        if (reachesBin(magnitude, bin)) {
          halfSelect[position]!.bookVictim(index, ticks);
        }
      }
      return;
    }
    if (role === 'read') {
      endurance.bookRead(index);
    } else {
      endurance.bookPulse(index, polarity > 0 ? 1 : -1);
    }
  });
  checkEndurance(operation, { pulses: !frame.sense, reads: frame.sense }, geometry, endurance, limits);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function newExtreme(): Extreme {
  return { index: -1, magnitude: -1 };
}
